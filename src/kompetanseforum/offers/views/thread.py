"""An offer in threads: what other pages tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import day
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.shown import offers_by_public_id
from kompetanseforum.offers.rules import may_see_offer


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """What each is for this viewer; an offer that is no longer given says so."""
    offers = offers_by_public_id([one.id for one in refs])
    return {one: _step(offers[one.id]) for one in refs if one.id in offers and may_see_offer(viewer, offers[one.id])}


def _step(offer: Offer) -> Step:
    places = [offer.provider.name if offer.provider else "", offer.municipality.name if offer.municipality else ""]
    text = ", ".join(part for part in places if part)
    if offer.ended_at:
        text = _("No longer given. Ended %(date)s.") % {"date": day(offer.ended_at)}
    return Step(
        ref=ref(offer),
        on=offer.registered_at,
        kind=_("Offer"),
        title=offer.title,
        url=reverse("offers:offer", kwargs={"public_id": offer.public_id}),
        text=text,
    )
