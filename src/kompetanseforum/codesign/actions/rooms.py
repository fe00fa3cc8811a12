"""Writes: a room is opened, and people come and go."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.models import Brief
from kompetanseforum.codesign.facts import RoomJoined, RoomOpened
from kompetanseforum.codesign.models import Change, Participant, Room
from kompetanseforum.codesign.queries.rooms import room_by_sending_key, room_secret
from kompetanseforum.codesign.queries.starts import start_with
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.core.secret_links import hash_of
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.actions import tie


def open_room(
    *,
    title: str,
    educator: Organisation,
    offer: Offer | None,
    brief: Brief | None,
    by: Viewer,
    makes_new: bool = False,
    template: str = "",
    sending_key: str | None = None,
) -> Room:
    """Empty, or with what the template proposes. The same `sending_key` again gives the room that is there."""
    if sending_key and (known := room_by_sending_key(sending_key)):
        return known
    now = clock.now()
    room = Room(
        public_id=new_public_id(),
        title=title,
        educator=educator,
        offer=offer,
        makes_new=makes_new or offer is None,
        brief=brief,
        template=template,
        sending_key=sending_key,
        opened_at=now,
        changed_at=now,
    )
    room.link_hash = hash_of(room_secret(room))
    try:
        with transaction.atomic():
            room.save()
            _begin_with(room)
            if brief is not None:
                tie(upstream=ref(brief), downstream=ref(room), relation=Relation.ANSWERED_BY, by=by)
            publish(RoomOpened(room=ref(room)), by=by.actor, about=ref(room))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := room_by_sending_key(sending_key)):
            return known
        raise
    return room


def _begin_with(room: Room) -> None:
    """The template's proposals, which nobody has said yes to yet."""
    now = clock.now()
    Change.objects.bulk_create(
        Change(public_id=new_public_id(), room=room, part=part, proposal=words, made_at=now, changed_at=now)
        for part, words in start_with(room.template)
    )


def join_room(
    *,
    room: Room,
    name: str,
    sector: str,
    by: Ref | None,
    person: Person | None = None,
    organisation: Organisation | None = None,
    sending_key: str | None = None,
) -> Participant:
    """A person is in a room once; who comes back after having left is in again."""
    if sending_key and (known := Participant.objects.filter(sending_key=sending_key, room=room).first()):
        return known
    values = {"name": name.strip()[:60], "sector": sector, "organisation": organisation, "left_at": None}
    try:
        with transaction.atomic():
            if person is not None and (known := Participant.objects.filter(room=room, person=person).first()):
                _back_in(known, values)
                return known
            here = Participant.objects.create(
                room=room, person=person, joined_at=clock.now(), sending_key=sending_key, **values
            )
            publish(RoomJoined(room=ref(room), participant=ref(here)), by=by or ref(here), about=ref(room))
    except IntegrityError:
        again = Participant.objects.filter(room=room, person=person).exclude(person=None)
        return again.first() or Participant.objects.get(sending_key=sending_key)
    return here


def _back_in(participant: Participant, values: dict[str, object]) -> None:
    if participant.left_at is None:
        return
    for name, value in values.items():
        setattr(participant, name, value)
    participant.save()


def leave_room(*, participant: Participant) -> None:
    """What they said stands; they no longer count among those who are there."""
    Participant.objects.filter(pk=participant.pk, left_at=None).update(left_at=clock.now())
