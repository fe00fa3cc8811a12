"""Files that people take with them: who will come, for a spreadsheet; a meeting, for a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from unicodedata import category
from urllib.parse import urlsplit

from django.http import HttpResponse

from kompetanseforum.core import clock
from kompetanseforum.core.files import csv_response
from kompetanseforum.events.models import Meeting, SignUp
from kompetanseforum.events.queries.shown import where_in_words

COLUMNS = ("name", "from", "sector", "heads", "email", "signed_up_on")
# A line of a calendar is no longer than this (RFC 5545, 3.1).
_MOST_OCTETS = 75


def sign_ups_as_csv(sign_ups: Iterable[SignUp]) -> HttpResponse:
    rows = (
        {
            "name": row.name,
            "from": row.from_where,
            "sector": row.sector,
            "heads": row.heads,
            "email": row.email,
            "signed_up_on": row.signed_up_at.date().isoformat(),
        }
        for row in sign_ups
    )
    return csv_response("pameldte.csv", COLUMNS, rows)


def calendar_file(meeting: Meeting, *, page: str) -> HttpResponse:
    """`page` is the meeting's whole address: a calendar does not know where the file came from."""
    body = "".join(f"{part}\r\n" for line in _lines(meeting, page=page) for part in _folded(line))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return response


def _lines(meeting: Meeting, *, page: str) -> Iterator[str]:
    """RFC 5545. Fetched again, it is the same event: a calendar that has it moves it."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kompetanseforum//NO", "METHOD:PUBLISH", "BEGIN:VEVENT")
    yield f"UID:{meeting.public_id}@{urlsplit(page).hostname}"
    yield f"DTSTAMP:{_moment(clock.now())}"
    yield f"DTSTART:{_moment(meeting.starts_at)}"
    if meeting.ends_at:
        yield f"DTEND:{_moment(meeting.ends_at)}"
    yield f"SUMMARY:{_text(meeting.title)}"
    if where := where_in_words(meeting):
        yield f"LOCATION:{_text(where)}"
    if meeting.about:
        yield f"DESCRIPTION:{_text(meeting.about)}"
    yield f"URL:{page}"
    yield f"STATUS:{'CANCELLED' if meeting.cancelled_at else 'CONFIRMED'}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """What would else end the value or the line is told with a stroke before it; no other control signs may stand there."""
    words = "\n".join(words.splitlines())
    words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(sign for sign in words if category(sign) != "Cc")


def _folded(line: str) -> Iterator[str]:
    """Never in the middle of a letter; what goes on begins with a space."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _MOST_OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
