"""Reads: meetings, who was there, and what stands open after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import capital, day, in_words
from kompetanseforum.events.models import Attendance, FollowUp, Meeting, Reflection
from kompetanseforum.events.rules import is_of_the_house, may_read_minutes
from kompetanseforum.organisations.models import Sector
from kompetanseforum.organisations.queries import describe
from kompetanseforum.threads.queries import names_of_actors

# A meeting of this morning still stands among those to come.
_STILL_ON = timedelta(hours=12)


def _with_attendances() -> QuerySet[Meeting]:
    there = Attendance.objects.select_related("organisation__municipality", "person")
    return Meeting.objects.select_related("municipality").prefetch_related(Prefetch("attendances", queryset=there))


def meeting_by_id(public_id: str) -> Meeting | None:
    return _with_attendances().filter(public_id=public_id).first()


def meetings_counted(public_ids: Sequence[str]) -> dict[str, tuple[Meeting, str]]:
    """Each id → the meeting, and in words how many were there; one query."""
    sectors = Count("attendances__sector", distinct=True, filter=~Q(attendances__sector=""))
    rows = Meeting.objects.select_related("municipality").filter(public_id__in=public_ids)
    counted = rows.annotate(heads=Sum("attendances__heads"), sectors=sectors)
    return {row.public_id: (row, there_in_words(row.heads or 0, row.sectors)) for row in counted}


def meeting_by_sending_key(key: str) -> Meeting | None:
    return Meeting.objects.filter(sending_key=key).first()


def coming_meetings() -> QuerySet[Meeting]:
    """The next first."""
    return _with_attendances().filter(starts_at__gte=clock.now() - _STILL_ON, cancelled_at=None).order_by("starts_at")


def next_meeting() -> Meeting | None:
    """Without those who were there."""
    return coming_meetings().prefetch_related(None).first()


def past_meetings() -> QuerySet[Meeting]:
    """The latest first."""
    return _with_attendances().filter(starts_at__lt=clock.now() - _STILL_ON, cancelled_at=None).order_by("-starts_at")


def attendance_by_id(public_id: str) -> Attendance | None:
    return Attendance.objects.select_related("meeting").filter(public_id=public_id).first()


def follow_up_by_id(public_id: str) -> FollowUp | None:
    return FollowUp.objects.select_related("meeting", "owner").filter(public_id=public_id).first()


def open_follow_ups() -> list[FollowUp]:
    """What somebody has taken on and not done yet, the most urgent first."""
    return list(FollowUp.objects.filter(done_at=None).select_related("meeting", "owner"))


def open_follow_ups_of(person: Ref) -> list[FollowUp]:
    """What this person has taken on and not done yet."""
    rows = FollowUp.objects.filter(done_at=None, owner__public_id=person.id)
    return list(rows.select_related("meeting", "owner"))


@dataclass(frozen=True, slots=True)
class There:
    """One row of who was there, for those who write it down."""

    attendance: Attendance
    who: str


@dataclass(frozen=True, slots=True)
class ShownReflection:
    reflection: Reflection
    who: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A meeting as this viewer may see it: what is for the house is empty to others."""

    meeting: Meeting
    when: str
    where: str
    heads: int
    # Sector in words, and how many.
    sectors: list[tuple[str, int]]
    # Those who have said yes to their name.
    names: list[str]
    there: list[There]
    minutes: str
    is_past: bool

    @property
    def who_was_there(self) -> str:
        return there_in_words(self.heads, len(self.sectors))


def there_in_words(heads: int, sectors: int) -> str:
    """`62 var med fra fem sektorer.`; empty where nothing is noted."""
    if not heads:
        return ""
    said = ngettext("%(count)s was there", "%(count)s were there", heads) % {"count": capital(in_words(heads))}
    if sectors < 2:
        return f"{said}."
    return _("%(said)s, from %(count)s sectors.") % {"said": said, "count": in_words(sectors)}


def show_meeting(meeting: Meeting, *, viewer: Viewer) -> ShownMeeting:
    """Put together from a meeting of `_with_attendances`; asks the database nothing."""
    attendances = list(meeting.attendances.all())
    heads: Counter[str] = Counter()
    for one in attendances:
        heads[one.sector] += one.heads
    words = dict(Sector.choices)
    return ShownMeeting(
        meeting=meeting,
        when=when_in_words(meeting),
        where=where_in_words(meeting),
        heads=sum(heads.values()),
        sectors=[(str(words[sector]), heads[sector]) for sector in Sector.values if heads[sector]],
        names=[_name(one) for one in attendances if one.name_is_public and _name(one)],
        there=[There(one, who=_described(one)) for one in attendances] if is_of_the_house(viewer) else [],
        minutes=meeting.minutes if may_read_minutes(viewer, meeting) else "",
        is_past=meeting.starts_at < clock.now(),
    )


def _name(attendance: Attendance) -> str:
    named = attendance.organisation or attendance.person
    return named.name if named else ""


def _described(attendance: Attendance) -> str:
    if attendance.organisation or attendance.person:
        return _name(attendance)
    return str(dict(Sector.choices).get(attendance.sector, "")) or capital(describe(None))


def where_in_words(meeting: Meeting) -> str:
    parts = [meeting.place, meeting.municipality.name if meeting.municipality else ""]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def when_in_words(meeting: Meeting) -> str:
    """`Torsdag 3. desember, klokka 9–12`."""
    start = timezone.localtime(meeting.starts_at)
    hours = _hour(start)
    if meeting.ends_at:
        hours = f"{hours}–{_hour(timezone.localtime(meeting.ends_at))}"
    return _("%(day)s, at %(hours)s") % {"day": capital(day(start, with_weekday=True)), "hours": hours}


def _hour(at: object) -> str:
    """Nine o'clock is 9, half past is 9.30."""
    return date_format(at, "G.i").removesuffix(".00")  # type: ignore[arg-type]  # the stubs want a string or a date


def reflections_on(meeting: Meeting, *, viewer: Viewer) -> list[ShownReflection]:
    """For the house."""
    if not is_of_the_house(viewer):
        return []
    rows = list(meeting.reflections.all())
    names = names_of_actors(row.by for row in rows)
    return [ShownReflection(row, who=names.get(row.by, "")) for row in rows]


def follow_ups_of(meeting: Meeting) -> list[FollowUp]:
    return list(meeting.follow_ups.select_related("owner"))


def follow_ups_in_words(follow_ups: Iterable[FollowUp]) -> str:
    """For those who may not see who took what on: `Tre ting skulle gjøres etterpå. Én er gjort.`"""
    rows = list(follow_ups)
    if not rows:
        return ""
    done = sum(row.done_at is not None for row in rows)
    said = ngettext(
        "One thing was to be done afterwards.", "%(count)s things were to be done afterwards.", len(rows)
    ) % {"count": capital(in_words(len(rows)))}
    told = ngettext("%(count)s is done.", "%(count)s are done.", done) % {"count": capital(in_words(done))}
    return f"{said} {told}" if done else said
