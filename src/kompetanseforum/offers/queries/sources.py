"""Reads: where offers come from, and what a source has no longer."""

from __future__ import annotations

from kompetanseforum.offers.models import Offer

SOURCE_PREFIX = "csv:"


def source_of(name: str) -> str:
    """The source of a catalogue by the name somebody gives it, written as it was the first time."""
    source = f"{SOURCE_PREFIX}{' '.join(name.split())}"[:60]
    known = (
        Offer.objects.filter(source__startswith=SOURCE_PREFIX).order_by().values_list("source", flat=True).distinct()
    )
    return next((other for other in known if other.casefold() == source.casefold()), source)
