"""Writes: what a source has no longer is marked, and what it has again is not."""

from __future__ import annotations

from collections.abc import Collection

from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.facts import OfferChanged
from kompetanseforum.offers.models import Offer


def mark_missing_offers(*, source: str, ids: Collection[str]) -> int:
    """Inside the caller's transaction. Marked ones are kept and counted: a person ends them. Returns how many are new."""
    there = Offer.objects.filter(source=source, ended_at=None)
    kept = set(ids)
    there.filter(source_id__in=kept).exclude(missing_since=None).update(missing_since=None)
    gone = [offer for offer in there.filter(missing_since=None) if offer.source_id not in kept]
    Offer.objects.filter(pk__in=[offer.pk for offer in gone]).update(missing_since=clock.now())
    for offer in gone:
        publish(OfferChanged(offer=ref(offer)), by=None, about=ref(offer))
    return len(gone)
