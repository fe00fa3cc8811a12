"""Reads: which sectors have spoken on a board, and whom one might invite. It counts what is told to all alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kompetanse.board import ItemKind
from kompetanse.board.breadth import effective_number
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.voices import EXPECTED, voices_among
from kompetanseforum.organisations.queries import names_in_sector

# With fewer notes a number says more than it knows.
FEWEST_NOTES = 5
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class BreadthLine:
    sector: str
    label: str
    notes: int
    people: int
    # Organisations of the forum that one might ask, where nobody has written.
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breadth:
    heard: tuple[BreadthLine, ...]
    missing: tuple[BreadthLine, ...]
    # "As if 3.1 sectors had taken equal part"; None while there is too little to tell.
    as_if: float | None

    @property
    def all_sectors(self) -> int:
        return len(self.heard) + len(self.missing)

    @property
    def evenness(self) -> float:
        """1 where those who have written have written equally much, less the more some write (Hill's ratio)."""
        return self.as_if / len(self.heard) if self.as_if else 0.0

    @property
    def expected(self) -> int:
        return len(EXPECTED)

    @property
    def heard_of_expected(self) -> int:
        return sum(line.sector in EXPECTED for line in self.heard)


def breadth_of(board: Board, *, suggests: bool) -> Breadth:
    """`suggests`: with names of organisations, for the one who leads."""
    notes = list(
        Item.objects.filter(
            board=board, kind=ItemKind.NOTE, is_deleted=False, is_held=False, is_erased=False, is_waiting=False
        )
    )
    people = Counter(board.guests.values_list("sector", flat=True))
    voices = voices_among(notes)
    missing = {voice.sector for voice in voices if not voice.notes}
    names = names_in_sector(missing, most=_MOST_NAMES) if suggests and missing else {}
    lines = [
        BreadthLine(voice.sector, voice.label, voice.notes, people[voice.sector], tuple(names.get(voice.sector, ())))
        for voice in voices
    ]
    counts = [voice.notes for voice in voices]
    return Breadth(
        heard=tuple(line for line in lines if line.notes),
        missing=tuple(line for line in lines if not line.notes),
        as_if=effective_number(counts) if sum(counts) >= FEWEST_NOTES else None,
    )
