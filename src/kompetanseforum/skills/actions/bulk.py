"""Writes: links of many new subjects at once.

A file's words are heard before its transaction opens, each text once, so that the database is held for the
writing alone. What was there before goes through `link_words`, which keeps what people have judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kompetanse.linking import Link, Polarity
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.skills.actions.linking import MOST_LINKS
from kompetanseforum.skills.models import LinkOrigin, SkillLink
from kompetanseforum.skills.queries import hear_all_in

_AT_ONCE = 1000
# Few enough that one who types meanwhile does not wait for long.
_HEARD_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Spoken:
    """A new subject and its words. `declared` are concepts (their rows) that whoever wrote them named outright."""

    subject: Ref
    whole: Ref
    words: str
    language: str
    declared: tuple[int, ...] = ()


@dataclass(slots=True)
class HeardTexts:
    """What each text means, heard once: a goal may stand in twenty programmes."""

    assume: Polarity
    _links: dict[tuple[str, str], dict[int, Link]] = field(default_factory=dict)

    def links(self, text: str, *, language: str) -> dict[int, Link]:
        self.listen([(text, language)])
        return self._links[text, language]

    def listen(self, said: Iterable[tuple[str, str]]) -> None:
        """Hear each (text, language) that is not known yet; many at once are read together."""
        new = [key for key in dict.fromkeys(said) if key not in self._links]
        for language in sorted({language for _, language in new}):
            texts = [text for text, its in new if its == language]
            for begin in range(0, len(texts), _HEARD_AT_ONCE):
                some = texts[begin : begin + _HEARD_AT_ONCE]
                heard = hear_all_in(some, language=language, assume=self.assume, limit=MOST_LINKS)
                self._links |= {(text, language): links for text, links in zip(some, heard, strict=True)}


def link_new(spoken: Iterable[Spoken], *, heard: HeardTexts) -> None:
    """Of subjects that have no links yet."""
    SkillLink.objects.bulk_create(_new_links(spoken, heard=heard), batch_size=_AT_ONCE)


def _new_links(spoken: Iterable[Spoken], *, heard: HeardTexts) -> Iterator[SkillLink]:
    for one in spoken:
        links = heard.links(one.words, language=one.language)
        for concept_id in dict.fromkeys((*links, *one.declared)):
            yield _new_link(one, concept_id, heard=links.get(concept_id), assume=heard.assume)


def _new_link(one: Spoken, concept_id: int, *, heard: Link | None, assume: Polarity) -> SkillLink:
    """What somebody named outright is sure, and theirs; the words that speak of it too are its cause."""
    causes = heard.causes if heard else ()
    is_declared = concept_id in one.declared
    return SkillLink(
        subject_kind=one.subject.kind,
        subject_id=one.subject.id,
        whole_kind=one.whole.kind,
        whole_id=one.whole.id,
        concept_id=concept_id,
        causes=[[span.start, span.end] for span in causes],
        cause_words=[one.words[span.start : span.end] for span in causes],
        score=1.0 if is_declared or heard is None else heard.score,
        polarity=assume if is_declared or heard is None else heard.polarity,
        origin=LinkOrigin.PERSON if is_declared else LinkOrigin.MACHINE,
        linked_at=clock.now(),
    )


def declare(one: Spoken, *, polarity: Polarity) -> None:
    """Of a subject that has links: what is named outright now stands there as theirs, and what was before does not."""
    own = SkillLink.objects.filter(subject_kind=one.subject.kind, subject_id=one.subject.id)
    own.filter(origin=LinkOrigin.PERSON, confirmed_by=0, rejected_by=0).exclude(concept__in=one.declared).delete()
    known = set(own.values_list("concept_id", flat=True))
    SkillLink.objects.bulk_create(
        _new_link(one, concept_id, heard=None, assume=polarity)
        for concept_id in dict.fromkeys(one.declared)
        if concept_id not in known
    )
