"""Reads: all words of learning outcomes, for whoever hears them anew."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.linking import Polarity
from kompetanseforum.core.capability import Words
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import LearningOutcome


def spoken() -> Iterator[Words]:
    """Oldest first, so that the order holds while new ones come."""
    outcomes = LearningOutcome.objects.select_related("offer").order_by("pk")
    for outcome in outcomes.iterator(chunk_size=500):
        yield Words(
            subject=ref(outcome),
            whole=ref(outcome.offer),
            text=outcome.text,
            language=outcome.language,
            assume=Polarity.OFFER,
        )
