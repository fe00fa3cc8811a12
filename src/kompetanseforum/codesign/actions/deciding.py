"""Writes: what all agree on goes to the educator, who decides; then the offer has a new version."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.briefs.queries.shown import needs_in
from kompetanseforum.codesign.facts import ChangesDecided, ChangesSent
from kompetanseforum.codesign.models import Change, Room, Stage, State
from kompetanseforum.codesign.queries.changes import agreed_count
from kompetanseforum.codesign.queries.rooms import room_by_id, todays_offer
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions import answer_need
from kompetanseforum.needs.models import State as NeedState
from kompetanseforum.offers.actions import change_offer, register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.queries import name_of
from kompetanseforum.threads.actions import WouldLoop, tie

_BEFORE_A_PILOT = (NeedState.HEARD, NeedState.IN_DIALOGUE, NeedState.BRIEFED, NeedState.ANSWERED)


class NothingAgreed(ValueError):
    """There is nothing in the room that all agree on and that is not in the offer already."""


def send_changes(*, room: Room, by: Ref | None) -> None:
    """Sent again, nothing happens. Raises NothingAgreed."""
    with transaction.atomic():
        stored = Room.objects.select_for_update().get(pk=room.pk)
        if not agreed_count(stored):
            raise NothingAgreed
        if stored.stage == Stage.SENT:
            return
        stored.stage, stored.sent_at, stored.changed_at = Stage.SENT, clock.now(), clock.now()
        stored.save(update_fields=["stage", "sent_at", "changed_at"])
        publish(ChangesSent(room=ref(room)), by=by, about=ref(room))


def decide_changes(*, room: Room, content: Content, taken: Sequence[str], by: Viewer) -> Offer:
    """The offer says `content` from now on, as a new version or as a new offer; `taken` are ids of changes in it.

    Those who voiced the needs are told. Decided twice at once, the first one counts and the second gets its offer.
    """
    with transaction.atomic():
        # Held, so that two who decide at once come one after the other.
        Room.objects.select_for_update().get(pk=room.pk)
        stored = room_by_id(room.public_id)
        assert stored is not None
        if stored.stage != Stage.SENT and stored.became is not None:
            return stored.became
        offer = _offer_with(stored, content, by=by)
        now = clock.now()
        Change.objects.filter(
            room=stored, public_id__in=taken, state=State.AGREED, removed_at=None, taken_at=None
        ).update(taken_at=now, changed_at=now)
        stored.stage, stored.became, stored.decided_at, stored.changed_at = Stage.DECIDED, offer, now, now
        stored.save(update_fields=["stage", "became", "decided_at", "changed_at", "version_before"])
        _tie(stored, offer, by=by)
        publish(ChangesDecided(room=ref(stored), offer=ref(offer)), by=by.actor, about=ref(stored))
        _tell(stored, offer)
    return offer


def _offer_with(room: Room, content: Content, *, by: Viewer) -> Offer:
    """Today's offer changed, or one of its own; what came of the room before is changed on."""
    today = room.became if room.makes_new else todays_offer(room)
    if today is None:
        return register_offer(content=content, source="form", by=by.actor, sending_key=f"room-{room.public_id}")
    room.version_before = today.version
    change_offer(offer=today, content=content, by=by.actor)
    return today


def _tie(room: Room, offer: Offer, *, by: Viewer) -> None:
    try:
        tie(upstream=ref(room), downstream=ref(offer), relation=Relation.BECAME, by=by, why=_why(room))
    except WouldLoop:
        # The offer is upstream of the room already: the thread has them together.
        return


def _why(room: Room) -> str:
    words = Change.objects.filter(room=room, taken_at__isnull=False).values_list("why", flat=True)
    return " ".join(dict.fromkeys(word for word in words if word))[:500]


def _tell(room: Room, offer: Offer) -> None:
    """The needs behind it are answered: by this offer, as it is now."""
    if room.brief is None:
        return
    words = _("%(who)s has decided: %(title)s is changed as we agreed.") % {
        "who": name_of(room.educator),
        "title": offer.title,
    }
    if room.makes_new:
        words = _("%(who)s has decided: there is a new offer, %(title)s.") % {
            "who": name_of(room.educator),
            "title": offer.title,
        }
    for need in needs_in(room.brief):
        if need.state in _BEFORE_A_PILOT:
            answer_need(
                need=need,
                by=room.brief.owner or duty_person(),
                words=words,
                state=NeedState.ANSWERED,
                next_answer_on=need.next_answer_on,
                owner=need.owner,
            )
