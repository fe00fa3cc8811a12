"""Writes: meetings, their minutes, and the needs that came up there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from kompetanse.trace import Relation
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import without_paragraphs
from kompetanseforum.events.actions.signing_up import owe_letters
from kompetanseforum.events.facts import MeetingCalled, MeetingCancelled, MeetingChanged, MinutesWritten
from kompetanseforum.events.models import Meeting, SignUpLetter
from kompetanseforum.events.queries.shown import meeting_by_sending_key
from kompetanseforum.needs.models import Need
from kompetanseforum.threads.actions import tie


@dataclass(frozen=True, slots=True)
class Called:
    """What a meeting is called with."""

    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    municipality: Municipality | None = None
    about: str = ""
    places: int | None = None


def call_meeting(*, called: Called, by: Viewer, sending_key: str = "") -> Meeting:
    """The same form sent again gives the same meeting."""
    if sending_key and (known := meeting_by_sending_key(sending_key)):
        return known
    try:
        with transaction.atomic():
            meeting = Meeting(called_by=str(by.actor or ""), called_at=clock.now(), sending_key=sending_key or None)
            _fill(meeting, called)
            meeting.save()
            publish(MeetingCalled(meeting=ref(meeting)), by=by.actor, about=ref(meeting))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := meeting_by_sending_key(sending_key)):
            return known
        raise
    return meeting


def change_meeting(meeting: Meeting, *, called: Called, by: Viewer) -> None:
    """Those who have signed up are told when it is held at another time or place."""
    with transaction.atomic():
        before = Meeting.objects.select_for_update().get(pk=meeting.pk)
        _fill(meeting, called)
        meeting.save(
            update_fields=["title", "about", "starts_at", "ends_at", "place", "municipality", "places"],
        )
        if _when_and_where(before) != _when_and_where(meeting) and before.cancelled_at is None:
            owe_letters(meeting, SignUpLetter.CHANGED)
        publish(MeetingChanged(meeting=ref(meeting)), by=by.actor, about=ref(meeting))


def _when_and_where(meeting: Meeting) -> tuple[object, ...]:
    return (meeting.starts_at, meeting.ends_at, meeting.place, meeting.municipality_id)


def _fill(meeting: Meeting, called: Called) -> None:
    meeting.title, meeting.about = called.title.strip(), called.about.strip()
    meeting.starts_at, meeting.ends_at = called.starts_at, called.ends_at
    meeting.place, meeting.municipality = called.place.strip(), called.municipality
    meeting.places = called.places


def cancel_meeting(meeting: Meeting, *, by: Viewer) -> None:
    """It stays in the threads it stands in, and says that it was cancelled. Those who have signed up are told once."""
    with transaction.atomic():
        if Meeting.objects.select_for_update().get(pk=meeting.pk).cancelled_at is not None:
            return
        meeting.cancelled_at = clock.now()
        meeting.save(update_fields=["cancelled_at"])
        owe_letters(meeting, SignUpLetter.CANCELLED)
        publish(MeetingCancelled(meeting=ref(meeting)), by=by.actor, about=ref(meeting))


def write_minutes(meeting: Meeting, *, minutes: str, are_public: bool, by: Viewer) -> None:
    with transaction.atomic():
        meeting.minutes, meeting.minutes_are_public = minutes.strip(), are_public
        meeting.minutes_at = clock.now() if meeting.minutes else None
        meeting.save(update_fields=["minutes", "minutes_are_public", "minutes_at"])
        publish(MinutesWritten(meeting=ref(meeting)), by=by.actor, about=ref(meeting))


def strike_from_minutes(meeting: Meeting, paragraphs: Collection[str]) -> None:
    """They were erased where they were written together. What else stands there stays."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        left = without_paragraphs(held.minutes, paragraphs)
        if left != held.minutes:
            write_minutes(held, minutes=left, are_public=held.minutes_are_public, by=NOBODY)


def raise_need(meeting: Meeting, *, need: Need, by: Viewer) -> None:
    """The need came up at the meeting. Raises threads.actions.WouldLoop."""
    tie(upstream=ref(meeting), downstream=ref(need), relation=Relation.RAISED_IN, by=by)
