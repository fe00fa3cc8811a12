"""Writes: what a file brought in is taken away again, or set back to what it said before."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.refs import Ref
from kompetanseforum.core.bringing import Item, Undoing
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.actions.registering import change_offer
from kompetanseforum.offers.facts import OfferEnded
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import from_plain
from kompetanseforum.offers.queries.shown import with_parts
from kompetanseforum.offers.queries.undoing import undoable_offers
from kompetanseforum.skills.actions import unlink


def undo_offers(items: Sequence[Item], by: Ref | None) -> Undoing:
    """Inside the caller's transaction. What somebody has built on since stays."""
    undoing = undoable_offers(items)
    gone = {thing.id for thing in undoing.gone}
    set_back = {thing.id for thing in undoing.set_back}
    for offer in with_parts().filter(public_id__in=gone | set_back):
        if offer.public_id in gone:
            _take_away(offer, by=by)
        elif (before := offer.versions.order_by("-number").first()) is not None:
            change_offer(offer=offer, content=from_plain(before.content), by=by)
    return undoing


def _take_away(offer: Offer, *, by: Ref | None) -> None:
    """As if it had never come: nobody has changed it."""
    whole = ref(offer)
    for outcome in offer.outcomes.all():
        unlink(ref(outcome))
    offer.delete()
    publish(OfferEnded(offer=whole), by=by, about=whole)
