"""The log as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from django.http import HttpResponse

from kompetanseforum.core.files import csv_response
from kompetanseforum.home.queries.log import LogLine

COLUMNS = ("at", "who", "actor", "what", "fact", "about")


def log_csv(lines: Iterable[LogLine]) -> HttpResponse:
    rows = (
        {
            "at": line.at.astimezone(UTC).isoformat(timespec="seconds"),
            "who": line.who,
            "actor": line.actor,
            "what": line.what,
            "fact": line.kind,
            "about": str(line.about),
        }
        for line in lines
    )
    return csv_response("logg.csv", COLUMNS, rows)
