"""Writes: many offers from one source at once. What is new is added, what differs is changed, the rest is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.bringing import Outcome
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
_TELL_EVERY = 20


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one offer that was brought."""

    brought: Brought
    offer: Ref
    outcome: Outcome
    version: int


def bring_offers(
    *,
    offers: Sequence[Brought],
    source: str,
    by: Ref | None,
    fresh_at: datetime | None = None,
    progress: Progress | None = None,
) -> Tally:
    """All or nothing. What the source no longer has stays: a file may be a part of a catalogue."""
    tell = progress or (lambda done, total: None)
    heard = Heard()
    listen_to(offers, source=source, heard=heard, tell=tell)
    with transaction.atomic():
        done = bring_listened(offers, source=source, by=by, heard=heard, fresh_at=fresh_at, tell=tell)
    counts = Counter(one.outcome for one in done)
    return Tally(new=counts[Outcome.NEW], changed=counts[Outcome.CHANGED], unchanged=counts[Outcome.UNCHANGED])


def listen_to(offers: Sequence[Brought], *, source: str, heard: Heard, tell: Progress) -> None:
    """Listen to the words of what is new, before anything is locked."""
    known = known_ids(source)
    for done, some in portions(offers, _TELL_EVERY):
        new = [one.content.outcomes for one in some if one.source_id not in known]
        heard.listen((outcome.text, outcome.language) for outcomes in new for outcome in outcomes)
        tell(done, 2 * len(offers))


def bring_listened(
    offers: Sequence[Brought],
    *,
    source: str,
    by: Ref | None,
    heard: Heard,
    tell: Progress,
    fresh_at: datetime | None = None,
) -> list[Done]:
    """Inside the caller's transaction."""
    places = Places()
    fresh = fresh_at or clock.now()
    found: list[Done] = []
    for done, some in portions(offers, AT_ONCE):
        found += _bring_some(some, source=source, by=by, fresh_at=fresh, places=places, heard=heard)
        # Hearing was the first half.
        tell(len(offers) + done, 2 * len(offers))
    return found


def _bring_some(
    offers: Sequence[Brought], *, source: str, by: Ref | None, fresh_at: datetime, places: Places, heard: Heard
) -> list[Done]:
    known = known_by_source(offers, source=source)
    new = [
        (new_offer(one.content, source=source, source_id=one.source_id, fresh_at=fresh_at, places=places), one)
        for one in offers
        if one.source_id not in known
    ]
    create_offers([(offer, one.content) for offer, one in new], heard=heard)
    refresh_searchable([offer.pk for offer, _ in new])
    for offer, _ in new:
        publish(OfferRegistered(offer=ref(offer)), by=by, about=ref(offer))
    done = [Done(one, ref(offer), Outcome.NEW, offer.version) for offer, one in new]
    for one in offers:
        if (row := known.get(one.source_id)) is not None:
            differs = content_of(row) != one.content
            if differs:
                change_offer(offer=row, content=one.content, by=by, fresh_at=fresh_at, places=places)
            done.append(
                Done(one, ref(row), Outcome.CHANGED if differs else Outcome.UNCHANGED, row.version + int(differs))
            )
    Offer.objects.filter(pk__in=[row.pk for row in known.values()]).update(fresh_at=fresh_at)
    return done
