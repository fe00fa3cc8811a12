"""Reads: why the forum thinks that somebody's words mean a skill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import get_language

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core.text import Segment, segments
from kompetanseforum.skills.models import LinkOrigin, LocalWord, SkillLink
from kompetanseforum.skills.queries.concepts import NamedConcept, named
from kompetanseforum.skills.queries.hearing import MOST_CHARACTERS
from kompetanseforum.skills.queries.labels import best_label
from kompetanseforum.skills.queries.lexicon import Known, lexicon
from kompetanseforum.skills.queries.local_words import local_word_of

MOST_OTHERS = 5
_LOOKED_AT = 20


class Sureness(StrEnum):
    """How likely a link is, in three steps that people can tell apart."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One who judged: when, what, and whether it was whoever the words are from, or a person here."""

    at: datetime
    is_right: bool
    is_speaker: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another skill that the same words might mean."""

    slug: str
    label: str
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Why:
    """Everything a page can say of one link. `clause` is empty where the viewer may not see the words around."""

    link: SkillLink
    concept: NamedConcept
    clause: tuple[Segment, ...]
    cause_words: tuple[str, ...]
    sureness: Sureness
    is_by_person: bool
    verdicts: tuple[Verdict, ...]
    own_verdict: bool | None
    others: tuple[Other, ...]
    local_word: LocalWord | None


def why(link: SkillLink, *, text: str, language: str, judge: Ref | None) -> Why:
    """`text` is what the words stand in, or empty where the viewer may not see it; `judge` is who asks, if we know."""
    verdicts = list(link.verdicts.order_by("at"))
    return Why(
        link=link,
        concept=named([link.concept], language=get_language() or "nb")[0],
        clause=_clause(text, link),
        cause_words=tuple(link.cause_words),
        sureness=_sureness(link.score),
        is_by_person=link.origin == LinkOrigin.PERSON,
        verdicts=tuple(
            Verdict(at=one.at, is_right=one.is_right, is_speaker=one.by == f"{link.subject_kind}:{link.subject_id}")
            for one in verdicts
        ),
        own_verdict=next((one.is_right for one in verdicts if one.by == str(judge)), None),
        others=_others(link, text=text, language=language),
        local_word=local_word_of(link),
    )


def _clause(text: str, link: SkillLink) -> tuple[Segment, ...]:
    """The whole words, with those that told marked."""
    return tuple(segments(text, [(start, end) for start, end in link.causes])) if text and link.causes else ()


def _sureness(score: float) -> Sureness:
    bands = lexicon().bands
    if score >= bands.sure_from:
        return Sureness.SURE
    return Sureness.LIKELY if score >= bands.maybe_from else Sureness.DOUBTFUL


def _others(link: SkillLink, *, text: str, language: str) -> tuple[Other, ...]:
    """What else was thought of for the same words, likeliest first."""
    if not text or not link.causes:
        return ()
    known = lexicon()
    found = known.link(text[:MOST_CHARACTERS], language=language, limit=_LOOKED_AT, assume=Polarity.NEED)
    near = [
        one
        for one in found
        if one.uri != link.concept.uri
        and any(start < span.end and span.start < end for span in one.causes for start, end in link.causes)
    ]
    return tuple(_other(known.known[one.uri], score=one.score) for one in near[:MOST_OTHERS])


def _other(concept: Known, *, score: float) -> Other:
    label = best_label(concept.labels, language=get_language() or "nb")
    return Other(slug=concept.slug, label=label.text if label else concept.slug, sureness=_sureness(score))
