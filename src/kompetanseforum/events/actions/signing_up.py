"""Writes: somebody signs up for a meeting, changes it or signs off; and who it was is forgotten afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.core.secret_links import hash_of
from kompetanseforum.events.facts import AttendanceNoted, SignUpChanged, SignUpMade, SignUpWithdrawn
from kompetanseforum.events.models import Attendance, Meeting, SignUp, SignUpLetter
from kompetanseforum.events.queries.signing_up import (
    room_left,
    sign_up_by_sending_key,
    sign_up_secret,
    sign_ups_of,
    sign_ups_of_old_meetings,
    signed_up_with,
)
from kompetanseforum.events.rules import takes_sign_ups
from kompetanseforum.organisations.actions import find_or_add_organisation


@dataclass(frozen=True, slots=True)
class SignUpSaid:
    """What somebody signs up with. With an address they are told when something changes."""

    name: str
    from_where: str = ""
    sector: str = ""
    heads: int = 1
    email: str = ""
    language: str = "nb"


class SignUpsClosed(Exception):
    """The meeting has begun or is cancelled."""


class NoRoom(Exception):
    """There is not room for so many; `left` is how many there is room for."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


# Of a person nothing stands in these.
_WITHOUT_PERSON = {"name": "", "from_where": "", "email": "", "owed": "", "owed_at": None}


def sign_up(meeting: Meeting, *, said: SignUpSaid, by: Viewer, sending_key: str = "") -> SignUp:
    """The same form sent again gives the same sign-up. Raises SignUpsClosed and NoRoom."""
    if known := sign_up_by_sending_key(sending_key):
        return known
    with transaction.atomic():
        held = _held(meeting)
        # The same form may have come twice at once; the other has had its turn now.
        if known := sign_up_by_sending_key(sending_key):
            return known
        _require_room(held, heads=said.heads)
        public_id = new_public_id()
        made = SignUp(
            public_id=public_id,
            meeting=held,
            link_hash=hash_of(sign_up_secret(public_id)),
            signed_up_at=clock.now(),
            sending_key=sending_key or None,
        )
        _fill(made, said)
        made.save()
        publish(SignUpMade(meeting=ref(held), sign_up=ref(made)), by=by.actor, about=ref(held))
    return made


def change_sign_up(sign_up: SignUp, *, said: SignUpSaid, by: Viewer) -> None:
    """Raises SignUpsClosed, also for one that was withdrawn meanwhile, and NoRoom."""
    with transaction.atomic():
        meeting = _held(sign_up.meeting)
        stored = SignUp.objects.select_for_update().get(pk=sign_up.pk)
        if stored.withdrawn_at is not None:
            raise SignUpsClosed
        _require_room(meeting, heads=said.heads, but=stored)
        _fill(stored, said)
        stored.save()
        publish(SignUpChanged(meeting=ref(meeting), sign_up=ref(stored)), by=by.actor, about=ref(meeting))


def _held(meeting: Meeting) -> Meeting:
    """Two who want the last place wait for each other here."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _require_room(meeting: Meeting, *, heads: int, but: SignUp | None = None) -> None:
    if not takes_sign_ups(meeting):
        raise SignUpsClosed
    left = room_left(meeting, but=but)
    # Whoever has a place keeps it, and may come with fewer, when the house has set fewer places afterwards.
    if left is not None and heads > left and not (but and heads <= but.heads):
        raise NoRoom(left)


def _fill(sign_up: SignUp, said: SignUpSaid) -> None:
    """A new address gets the letter with the link; where another letter waits, that has it too."""
    email = said.email.strip()
    if email.casefold() != sign_up.email.casefold():
        sign_up.owed, sign_up.owed_at = (sign_up.owed or SignUpLetter.RECEIPT, clock.now()) if email else ("", None)
        sign_up.attempts = 0
    sign_up.name, sign_up.from_where = said.name.strip(), said.from_where.strip()
    sign_up.sector, sign_up.heads = said.sector, said.heads
    sign_up.email, sign_up.language = email, said.language


def withdraw_sign_up(sign_up: SignUp, *, by: Viewer) -> None:
    """They no longer count, and nothing stands of who it was. Said again, nothing happens."""
    with transaction.atomic():
        meeting = _held(sign_up.meeting)
        now = clock.now()
        standing = SignUp.objects.filter(pk=sign_up.pk, withdrawn_at=None)
        if standing.update(withdrawn_at=now, forgotten_at=now, **_WITHOUT_PERSON):
            publish(SignUpWithdrawn(meeting=ref(meeting), sign_up=ref(sign_up)), by=by.actor, about=ref(meeting))


def owe_letters(meeting: Meeting, kind: SignUpLetter) -> None:
    """To all who have signed up with an address. In the caller's transaction.

    One letter each: it says how things are when it goes, so one that waits already is not joined by another.
    """
    if meeting.starts_at > clock.now():
        owed = SignUp.objects.filter(meeting=meeting, withdrawn_at=None).exclude(email="")
        owed.update(owed=kind, owed_at=clock.now(), attempts=0)


def count_signed_up(sign_up: SignUp, *, by: Viewer) -> None:
    """Those from the same place were there, with what is noted from there already. Said again, nothing happens."""
    with transaction.atomic():
        meeting = _held(sign_up.meeting)
        rows = signed_up_with(sign_up)
        if not rows:
            return
        sector = next((row.sector for row in rows if row.sector), "")
        place = rows[0].from_where
        organisation = find_or_add_organisation(name=place, sector=sector) if place else None
        there, _is_new = Attendance.objects.get_or_create(
            meeting=meeting,
            organisation=organisation,
            person=None,
            **({} if organisation else {"sector": sector}),
            defaults={
                "sector": (organisation.sector if organisation else "") or sector,
                "heads": 0,
                "noted_at": clock.now(),
            },
        )
        there.heads += sum(row.heads for row in rows)
        there.save(update_fields=["heads"])
        SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(attendance=there)
        publish(AttendanceNoted(meeting=ref(meeting)), by=by.actor, about=ref(meeting))


def forget_old_sign_ups() -> bool:
    """How many and from which sector stays. True when there was somebody."""
    return bool(sign_ups_of_old_meetings().update(forgotten_at=clock.now(), **_WITHOUT_PERSON))


def forget_who_signed_up(erasure: Erasure) -> None:
    """Who leaves does not come; from one that has been held a head is left and no name."""
    for row in sign_ups_of(holds=erasure.holds, email=erasure.email):
        if takes_sign_ups(row.meeting):
            withdraw_sign_up(row, by=NOBODY)
    sign_ups_of(holds=erasure.holds, email=erasure.email).update(forgotten_at=clock.now(), **_WITHOUT_PERSON)
