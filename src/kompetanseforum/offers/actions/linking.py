"""Writes: links of outcomes, many new ones at once. Their words are heard before the transaction opens."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.linking import Polarity
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import LearningOutcome
from kompetanseforum.skills.actions import HeardTexts, Spoken, declare, link_new, link_words
from kompetanseforum.skills.queries import ids_of_concepts


class Heard(HeardTexts):
    """What outcomes' words offer."""

    def __init__(self) -> None:
        super().__init__(assume=Polarity.OFFER)


def link_new_outcomes(outcomes: Iterable[LearningOutcome], *, heard: Heard) -> None:
    link_new(_spoken(outcomes), heard=heard)


def link_again(outcomes: Iterable[LearningOutcome]) -> None:
    """Outcomes whose words, or the skills named with them, have changed."""
    for one in _spoken(outcomes):
        link_words(subject=one.subject, whole=one.whole, words=one.words, language=one.language, assume=Polarity.OFFER)
        declare(one, polarity=Polarity.OFFER)


def _spoken(outcomes: Iterable[LearningOutcome]) -> list[Spoken]:
    rows = list(outcomes)
    ids = ids_of_concepts({uri for outcome in rows for uri in outcome.declared})
    return [
        Spoken(
            subject=ref(outcome),
            whole=ref(outcome.offer),
            words=outcome.text,
            language=outcome.language,
            declared=tuple(ids[uri] for uri in outcome.declared if uri in ids),
        )
        for outcome in rows
    ]
