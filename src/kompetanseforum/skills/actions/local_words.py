"""Writes: words of our own that people here have taught the forum, by confirming what it heard; all of it reversible.

Two who judge independently make the words a label; when one of them thinks better of it, it goes again. What a
coordinator has taken back is not made anew.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from kompetanse.linking import guess_language
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.memory import late
from kompetanseforum.core.refs import ref
from kompetanseforum.skills.actions.vocabulary import labels_changed
from kompetanseforum.skills.facts import LocalWordMade, LocalWordTakenBack
from kompetanseforum.skills.models import Concept, Label, LabelOrigin, LabelRole, LocalWord, SkillLink
from kompetanseforum.skills.queries.local_words import confirmations_of, said_as

ENOUGH = 2

# Most commands teach nobody a word, and need no dictionary.
_says_enough: Callable[..., bool] = late("kompetanse.linking.general_words", "says_enough")


def review_words(link: SkillLink) -> None:
    """Make or unmake the label of the link's words, as the verdicts now stand. In the caller's transaction."""
    text = said_as(link.cause_words)
    if not text:
        return
    count = confirmations_of(link.concept_id, text)
    language = guess_language(text)
    known = LocalWord.objects.filter(concept=link.concept, language=language, text=text).first()
    if known is not None and known.taken_back_at is None and count < ENOUGH:
        _remove_label(known)
        known.delete()
    elif known is None and count >= ENOUGH and _is_new(link.concept, language, text):
        word = LocalWord.objects.create(
            concept=link.concept, language=language, text=text, link=link if link.pk else None, made_at=clock.now()
        )
        _add_label(word)
        publish(LocalWordMade(word=ref(word), skill=Ref("skill", link.concept.slug)), by=None, about=ref(word))


def take_back_word(*, word: LocalWord, by: Ref) -> None:
    """The words are no label any more, whatever people confirm."""
    with transaction.atomic():
        if word.taken_back_at is not None:
            return
        word.taken_back_at, word.taken_back_by = clock.now(), str(by)
        word.save(update_fields=["taken_back_at", "taken_back_by"])
        _remove_label(word)
        publish(LocalWordTakenBack(word=ref(word), skill=Ref("skill", word.concept.slug)), by=by, about=ref(word))


def let_word_stand(*, word: LocalWord) -> None:
    """Undo of `take_back_word`: the label is there again, if two still confirm it."""
    with transaction.atomic():
        if word.taken_back_at is None:
            return
        if confirmations_of(word.concept_id, word.text) < ENOUGH:
            word.delete()
            return
        word.taken_back_at, word.taken_back_by = None, ""
        word.save(update_fields=["taken_back_at", "taken_back_by"])
        _add_label(word)


def _is_new(concept: Concept, language: str, text: str) -> bool:
    """Whether the words can be a label, and are none yet: of this concept, or in our own words of another one."""
    if not _says_enough(text, language=language):
        return False
    same = Label.objects.filter(language=language, text__iexact=text)
    return not same.filter(concept=concept).exists() and not same.exclude(origin=LabelOrigin.MACHINE).exists()


def _add_label(word: LocalWord) -> None:
    Label.objects.get_or_create(
        concept=word.concept,
        language=word.language,
        role=LabelRole.EVERYDAY,
        origin=LabelOrigin.CONFIRMED,
        text=word.text,
    )
    labels_changed(f"+ {word.concept.uri} {word.language} {word.text}", is_source=False)


def _remove_label(word: LocalWord) -> None:
    Label.objects.filter(
        concept=word.concept, language=word.language, origin=LabelOrigin.CONFIRMED, text=word.text
    ).delete()
    labels_changed(f"- {word.concept.uri} {word.language} {word.text}", is_source=False)
