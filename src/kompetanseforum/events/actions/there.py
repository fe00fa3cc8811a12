"""Writes: who was at a meeting."""

from __future__ import annotations

from django.db import transaction

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.facts import AttendanceNoted
from kompetanseforum.events.models import Attendance, Meeting
from kompetanseforum.organisations.models import Organisation


def note_attendance(
    meeting: Meeting,
    *,
    organisation: Organisation | None = None,
    sector: str = "",
    heads: int = 1,
    name_is_public: bool = False,
    by: Viewer,
) -> None:
    """So many from an organisation, or else from a sector. Said again, the newer number stands."""
    sector = (organisation.sector if organisation else "") or sector
    said = {"sector": sector, "heads": heads, "name_is_public": name_is_public and organisation is not None}
    with transaction.atomic():
        known = Attendance.objects.filter(meeting=meeting, organisation=organisation, person=None)
        if organisation is None:
            known = known.filter(sector=sector)
        if not known.update(**said, noted_at=clock.now()):
            Attendance.objects.create(meeting=meeting, organisation=organisation, **said, noted_at=clock.now())
        publish(AttendanceNoted(meeting=ref(meeting)), by=by.actor, about=ref(meeting))


def say_i_was_there(meeting: Meeting, *, person: Person, sector: str, name_is_public: bool) -> None:
    """Of oneself. Said again, it is changed."""
    Attendance.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={"sector": sector, "heads": 1, "name_is_public": name_is_public, "noted_at": clock.now()},
    )


def remove_attendance(attendance: Attendance, *, by: Viewer) -> None:
    with transaction.atomic():
        meeting = ref(attendance.meeting)
        Attendance.objects.filter(pk=attendance.pk).delete()
        publish(AttendanceNoted(meeting=meeting), by=by.actor, about=meeting)
