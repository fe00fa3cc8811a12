"""A board as a file: what stands there, to take along. No names of those who wrote."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from kompetanseforum.boards.queries.shown import ShownBoard, ShownColumn, ShownGroup, ShownNote
from kompetanseforum.core.files import csv_response, json_response

COLUMNS = ("column", "group", "text", "sector", "for_somebody_in_the_room", "comments", "merged", "dots", "became")


def _rows(shown: ShownBoard) -> Iterator[dict[str, object]]:
    for column in shown.columns:
        for entry in column.entries:
            if isinstance(entry, ShownGroup):
                yield from (_row(column, note, group=entry) for note in entry.notes)
            else:
                yield _row(column, entry)


def _row(column: ShownColumn, note: ShownNote, group: ShownGroup | None = None) -> dict[str, object]:
    return {
        "column": column.text,
        "group": group.text if group else "",
        "text": note.text,
        "sector": note.sector,
        "for_somebody_in_the_room": note.is_proxy,
        "comments": note.comments,
        "merged": list(note.merged),
        "dots": group.dots if group else note.dots,
        "became": [thing.url for thing in note.became],
    }


def as_csv(shown: ShownBoard) -> HttpResponse:
    return csv_response("tavle.csv", COLUMNS, _rows(shown))


def as_json(shown: ShownBoard) -> HttpResponse:
    return json_response({"title": shown.board.title, "occasion": shown.board.occasion, "notes": list(_rows(shown))})
