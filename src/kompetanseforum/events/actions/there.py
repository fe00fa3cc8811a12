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
    if organisation is not None:
        who: dict[str, object] = {"organisation": organisation}
        sector = organisation.sector or sector
    else:
        who = {"organisation": None, "person": None, "sector": sector}
    with transaction.atomic():
        Attendance.objects.update_or_create(
            meeting=meeting,
            **who,
            defaults={
                "sector": sector,
                "heads": heads,
                "name_is_public": name_is_public and organisation is not None,
                "noted_at": clock.now(),
            },
        )
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
