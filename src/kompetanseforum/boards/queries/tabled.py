"""Reads: the notes of a board as rows of a table: those one asks for, in the order one asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanseforum.boards.queries.shown import ShownBoard, ShownGroup, ShownNote
from kompetanseforum.boards.queries.words import SECTOR_WORDS


@dataclass(frozen=True, slots=True)
class TableRow:
    """A note, the group or column it stands under, and the dots of its own or of its group."""

    note: ShownNote
    column: str
    under: str
    dots: int | None


# What one may sort by, and how; the board's own order is the first.
_KEYS: Mapping[str, Callable[[TableRow], tuple[object, ...]]] = {
    "text": lambda row: (row.note.text.casefold(),),
    "sector": lambda row: (not row.note.sector, row.note.sector_label.casefold()),
    "comments": lambda row: (-row.note.comments,),
    "dots": lambda row: (-(row.dots or 0),),
}
ORDERS: Mapping[str, str | Promise] = {
    "": _("As on the wall"),
    "text": _("From A to Å"),
    "sector": _("Sector"),
    "comments": _("Most comments"),
    "dots": _("Most dots"),
}


@dataclass(frozen=True, slots=True)
class TableAsked:
    words: str = ""
    sector: str = ""
    column: str = ""
    order: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> TableAsked:
        """Unknown values are left out, so that an old or mistyped address still shows something."""
        sector, order = query.get("sektor", ""), query.get("sorter", "")
        return cls(
            words=query.get("q", "").strip()[:200],
            sector=sector if sector in SECTOR_WORDS else "",
            column=query.get("under", "")[:10],
            order=order if order in ORDERS else "",
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.sector or self.column)


def table_rows(shown: ShownBoard, asked: TableAsked) -> list[TableRow]:
    rows = [row for row in _all(shown) if _fits(row, asked)]
    return sorted(rows, key=_KEYS[asked.order]) if asked.order else rows


def _all(shown: ShownBoard) -> Iterator[TableRow]:
    for column in shown.columns:
        for entry in column.entries:
            if isinstance(entry, ShownGroup):
                yield from (TableRow(note, column.id, entry.text, entry.dots) for note in entry.notes)
            else:
                yield TableRow(entry, column.id, column.text, entry.dots)


def _fits(row: TableRow, asked: TableAsked) -> bool:
    is_said = asked.words.casefold() in f"{row.note.text}\n{row.under}".casefold()
    is_theirs = not asked.sector or row.note.sector == asked.sector
    return is_said and is_theirs and (not asked.column or row.column == asked.column)
