"""Writes: an offer is registered, changed, released after a look, or ended."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.offers.actions.linking import Heard
from kompetanseforum.offers.actions.storing import (
    Places,
    create_offers,
    merge_outcomes,
    refresh_searchable,
    replace_starts,
    set_content,
)
from kompetanseforum.offers.facts import OfferChanged, OfferEnded, OfferRegistered
from kompetanseforum.offers.models import HeldReason, Offer, OfferVersion
from kompetanseforum.offers.queries.content import Content, as_plain, content_of
from kompetanseforum.offers.queries.shown import offer_by_sending_key, offer_by_source, with_parts


def register_offer(
    *,
    content: Content,
    source: str,
    source_id: str = "",
    by: Ref | None,
    held_reason: HeldReason | None = None,
    fresh_at: datetime | None = None,
    sending_key: str | None = None,
) -> Offer:
    """A new offer. One that is known by its source is changed instead; the same `sending_key` gives the one there is."""
    known = _known(source, source_id, sending_key)
    if known:
        return known if sending_key else _brought_up_to_date(known, content=content, by=by, fresh_at=fresh_at)
    heard = Heard()
    heard.listen((outcome.text, outcome.language) for outcome in content.outcomes)
    try:
        with transaction.atomic():
            offer = new_offer(content, source=source, source_id=source_id, fresh_at=fresh_at, places=Places())
            offer.held_reason = held_reason or ""
            offer.sending_key = sending_key
            create_offers([(offer, content)], heard=heard)
            refresh_searchable([offer.pk])
            publish(OfferRegistered(offer=ref(offer)), by=by, about=ref(offer))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if (known := _known(source, source_id, sending_key)) is None:
            raise
        return known
    return offer


def _known(source: str, source_id: str, sending_key: str | None) -> Offer | None:
    if sending_key and (known := offer_by_sending_key(sending_key)):
        return known
    return offer_by_source(source, source_id) if source_id else None


def _brought_up_to_date(offer: Offer, *, content: Content, by: Ref | None, fresh_at: datetime | None) -> Offer:
    change_offer(offer=offer, content=content, by=by, fresh_at=fresh_at or clock.now())
    return offer


def new_offer(content: Content, *, source: str, source_id: str, fresh_at: datetime | None, places: Places) -> Offer:
    """An unsaved row. Where the source has no id of its own the offer's public one stands in its place."""
    now = clock.now()
    offer = Offer(public_id=new_public_id(), source=source, fresh_at=fresh_at or now, registered_at=now, changed_at=now)
    offer.source_id = source_id or offer.public_id
    set_content(offer, content, places=places)
    return offer


def change_offer(
    *,
    offer: Offer,
    content: Content,
    by: Ref | None,
    fresh_at: datetime | None = None,
    held_reason: HeldReason | None = None,
    places: Places | None = None,
) -> bool:
    """What it said before becomes a version. False, and no version, when it says the same."""
    with transaction.atomic():
        stored = with_parts().select_for_update(of=("self",)).get(pk=offer.pk)
        before = content_of(stored)
        if before == content:
            if fresh_at:
                Offer.objects.filter(pk=offer.pk).update(fresh_at=fresh_at)
            return False
        now = clock.now()
        OfferVersion.objects.create(
            offer=stored,
            number=stored.version,
            content=as_plain(before),
            since=stored.changed_at,
            until=now,
            changed_by=str(by) if by else "",
        )
        set_content(stored, content, places=places or Places())
        stored.version += 1
        stored.changed_at = now
        stored.fresh_at = fresh_at or now
        stored.held_reason = held_reason or stored.held_reason
        stored.save()
        replace_starts(stored, content)
        merge_outcomes(stored, content.outcomes)
        refresh_searchable([stored.pk])
        publish(OfferChanged(offer=ref(stored)), by=by, about=ref(stored))
    return True


def release_offer(*, offer: Offer, by: Ref | None) -> None:
    """Others may see it from now on."""
    with transaction.atomic():
        if Offer.objects.filter(pk=offer.pk).exclude(held_reason="").update(held_reason=""):
            publish(OfferChanged(offer=ref(offer)), by=by, about=ref(offer))


def end_offer(*, offer: Offer, by: Ref | None) -> None:
    """No longer given: kept with its history, found in no list, counted nowhere."""
    with transaction.atomic():
        if Offer.objects.filter(pk=offer.pk, ended_at=None).update(ended_at=clock.now()):
            publish(OfferEnded(offer=ref(offer)), by=by, about=ref(offer))
