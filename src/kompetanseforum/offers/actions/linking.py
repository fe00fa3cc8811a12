"""Writes: links of outcomes, many new ones at once. Their words are heard before the transaction opens."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.linking import Polarity
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import LearningOutcome
from kompetanseforum.skills.actions import HeardTexts, Spoken, link_new, link_words


class Heard(HeardTexts):
    """What outcomes' words offer."""

    def __init__(self) -> None:
        super().__init__(assume=Polarity.OFFER)


def link_new_outcomes(outcomes: Iterable[LearningOutcome], *, heard: Heard) -> None:
    link_new(
        (
            Spoken(subject=ref(outcome), whole=ref(outcome.offer), words=outcome.text, language=outcome.language)
            for outcome in outcomes
        ),
        heard=heard,
    )


def link_again(outcomes: Iterable[LearningOutcome]) -> None:
    """Outcomes whose words have changed."""
    for outcome in outcomes:
        link_words(
            subject=ref(outcome),
            whole=ref(outcome.offer),
            words=outcome.text,
            language=outcome.language,
            assume=Polarity.OFFER,
        )
