"""Notes out of a table, one a row: what each says, and which column of the wall it goes under, if the table tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.board import MOST_CHARACTERS
from kompetanseforum.core.tables import Column, Problem, Row, TableError, match_columns, plain_name, table_rows

MOST_NOTES = 500

COLUMNS = (
    Column("text", _("Note"), _("What the note says"), ("note", "lapp", "tekst", "innhold", "idé", "ide", "forslag")),
    Column(
        "column",
        _("Column"),
        _("The column of the wall that it goes under"),
        ("kolonne", "spalte", "under", "overskrift", "heading"),
    ),
)


@dataclass(frozen=True, slots=True)
class BroughtNote:
    row: int
    text: str
    # The id and the heading of the column it goes under.
    inside: str
    under: str


@dataclass(frozen=True, slots=True)
class BroughtNotes:
    notes: tuple[BroughtNote, ...]
    # Rows that are left out, each with why.
    problems: tuple[Problem, ...]


def read_notes(content: bytes, *, file_name: str, homes: Sequence[tuple[str, str]]) -> BroughtNotes:
    """`homes`: the wall's columns as (id, heading); where the table tells none, the first. Raises TableError."""
    rows = list(table_rows(content, file_name=file_name))
    headings = match_columns(rows[0][1], COLUMNS, chosen={}) if rows else None
    if headings is None or "text" not in headings.keys.values():
        # A plain list: no heading, one note in each row.
        keys, first = {0: "text", 1: "column"}, 0
    else:
        keys, first = dict(headings.keys), 1
    if not rows[first:]:
        raise TableError("no_rows")
    if len(rows) - first > MOST_NOTES:
        raise TableError("too_many_rows", str(MOST_NOTES))
    known = {plain_name(heading): (public_id, heading) for public_id, heading in homes}
    read = [_read(row, keys, known, homes[0]) for row in rows[first:]]
    return BroughtNotes(
        notes=tuple(each for each in read if isinstance(each, BroughtNote)),
        problems=tuple(each for each in read if isinstance(each, Problem)),
    )


def _read(
    row: Row, keys: dict[int, str], known: dict[str, tuple[str, str]], first: tuple[str, str]
) -> BroughtNote | Problem:
    number, cells = row
    said = {keys[place]: cell.strip() for place, cell in enumerate(cells) if place in keys}
    text, column = said.get("text", ""), said.get("column", "")
    if not text:
        return Problem(number, str(_("Note")), "missing")
    if len(text) > MOST_CHARACTERS:
        return Problem(number, str(_("Note")), "too_long", str(MOST_CHARACTERS))
    home = known.get(plain_name(column)) if column else first
    if home is None:
        return Problem(number, str(_("Column")), "not_a_choice", column[:80])
    return BroughtNote(number, text, *home)
