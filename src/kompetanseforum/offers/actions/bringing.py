"""Writes: many offers from one source at once. What is new is added, what differs is changed, the rest is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.actions.linking import Heard
from kompetanseforum.offers.actions.registering import change_offer, new_offer
from kompetanseforum.offers.actions.storing import AT_ONCE, Places, create_offers, refresh_searchable
from kompetanseforum.offers.facts import OfferRegistered
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.comparing import Brought, Tally, known_by_source, known_ids, portions
from kompetanseforum.offers.queries.content import content_of

Progress = Callable[[int, int], None]
_TELL_EVERY = 100


def bring_offers(
    *,
    offers: Sequence[Brought],
    source: str,
    by: Ref | None,
    fresh_at: datetime | None = None,
    progress: Progress | None = None,
) -> Tally:
    """All or nothing. What the source no longer has stays: a file may be a part of a catalogue."""
    tally = Tally()
    places = Places()
    fresh = fresh_at or clock.now()
    tell = progress or (lambda done, total: None)
    heard = _hear(offers, source=source, tell=tell)
    with transaction.atomic():
        for done, some in portions(offers, AT_ONCE):
            tally += _bring_some(some, source=source, by=by, fresh_at=fresh, places=places, heard=heard)
            # Hearing was the first half.
            tell(len(offers) + done, 2 * len(offers))
    return tally


def _hear(offers: Sequence[Brought], *, source: str, tell: Progress) -> Heard:
    """Listen to the words of what is new, before anything is locked."""
    heard = Heard()
    known = known_ids(source)
    for number, one in enumerate(offers):
        if one.source_id in known:
            continue
        for outcome in one.content.outcomes:
            heard.links(outcome.text, language=outcome.language)
        if number % _TELL_EVERY == 0:
            tell(number, 2 * len(offers))
    return heard


def _bring_some(
    offers: Sequence[Brought], *, source: str, by: Ref | None, fresh_at: datetime, places: Places, heard: Heard
) -> Tally:
    known = known_by_source(offers, source=source)
    new = [
        (new_offer(one.content, source=source, source_id=one.source_id, fresh_at=fresh_at, places=places), one.content)
        for one in offers
        if one.source_id not in known
    ]
    create_offers(new, heard=heard)
    refresh_searchable([offer.pk for offer, _ in new])
    for offer, _ in new:
        publish(OfferRegistered(offer=ref(offer)), by=by, about=ref(offer))
    differ = [one for one in offers if one.source_id in known and content_of(known[one.source_id]) != one.content]
    for one in differ:
        change_offer(offer=known[one.source_id], content=one.content, by=by, fresh_at=fresh_at, places=places)
    same = [row.pk for row in known.values()]
    Offer.objects.filter(pk__in=same).update(fresh_at=fresh_at)
    return Tally(new=len(new), changed=len(differ), unchanged=len(known) - len(differ))
