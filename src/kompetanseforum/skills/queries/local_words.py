"""Reads: words that people here have taught the forum."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.skills.models import LinkVerdict, LocalWord, SkillLink

# A longer stretch of words is a sentence, and will not be said so again.
_MOST_WORDS = 5
_MOST_CHARACTERS = 60


def said_as(cause_words: Sequence[str]) -> str:
    """The words of a link as a label would have them; empty where they would make none."""
    text = " ".join(" ".join(cause_words).lower().split())
    return text if text and len(text) <= _MOST_CHARACTERS and len(text.split()) <= _MOST_WORDS else ""


def confirmations_of(concept_id: int, text: str) -> int:
    """How many more have said that the words mean the concept than that they do not; each judge counts once."""
    links = SkillLink.objects.filter(concept_id=concept_id).exclude(confirmed_by=0, rejected_by=0)
    same = [pk for pk, words in links.values_list("pk", "cause_words") if said_as(words) == text]
    verdicts = dict(LinkVerdict.objects.filter(link__in=same).order_by("at").values_list("by", "is_right"))
    return sum(1 if is_right else -1 for is_right in verdicts.values())


def local_words() -> list[LocalWord]:
    """Newest first; those that were taken back too."""
    return list(LocalWord.objects.select_related("concept").order_by("-made_at", "-pk")[:200])


def local_word_by_id(public_id: str) -> LocalWord | None:
    return LocalWord.objects.select_related("concept").filter(public_id=public_id).first()


def local_word_of(link: SkillLink) -> LocalWord | None:
    """The word that the link's words have become, where they have."""
    text = said_as(link.cause_words)
    return LocalWord.objects.filter(concept_id=link.concept_id, text=text, taken_back_at=None).first() if text else None
