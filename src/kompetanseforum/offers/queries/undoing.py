"""Reads: what may be undone of a file that brought offers in."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.core.bringing import Item, Outcome, Undoing
from kompetanseforum.offers.models import Offer


def undoable_offers(items: Sequence[Item]) -> Undoing:
    """An offer that somebody has changed since, or that has ended, stays as it is."""
    rows = Offer.objects.filter(public_id__in=[item.thing.id for item in items])
    now = {
        public_id: (version, ended)
        for public_id, version, ended in rows.values_list("public_id", "version", "ended_at")
    }
    untouched = [item for item in items if now.get(item.thing.id) == (item.version, None)]
    kept = [item for item in items if item.thing.id in now and item not in untouched]
    return Undoing(
        gone=tuple(item.thing for item in untouched if item.outcome == Outcome.NEW),
        set_back=tuple(item.thing for item in untouched if item.outcome == Outcome.CHANGED),
        stays=tuple(item.thing for item in kept),
    )


def titles_of(ids: Sequence[str]) -> dict[str, str]:
    """In that order, for those that are still here."""
    found = dict(Offer.objects.filter(public_id__in=ids).values_list("public_id", "title"))
    return {public_id: found[public_id] for public_id in ids if public_id in found}
