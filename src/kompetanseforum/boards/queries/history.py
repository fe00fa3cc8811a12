"""Reads: the workshop as it was, moment by moment, for one who may see the board now.

What has been erased, taken down or not yet shown stands in no earlier version either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kompetanse.board import Item as Value
from kompetanse.board import ItemKind, PhaseKind
from kompetanseforum.boards.models import Board, BoardOp
from kompetanseforum.boards.queries.log import replayed, rows_on
from kompetanseforum.boards.queries.patterns import TITLES
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.shown import may_be_told
from kompetanseforum.boards.queries.words import SECTOR_WORDS

# A pause this long begins a new moment; and so does so much that was done.
_PAUSE_SECONDS = 20
_MOST_OPERATIONS = 12


@dataclass(frozen=True, slots=True)
class PastEntry:
    id: str
    text: str
    sector: str = ""
    # Of a group.
    is_group: bool = False
    notes: tuple[PastEntry, ...] = ()
    is_gone_now: bool = False

    @property
    def sector_label(self) -> str:
        return str(SECTOR_WORDS.get(self.sector, ""))


@dataclass(frozen=True, slots=True)
class PastColumn:
    id: str
    text: str
    entries: tuple[PastEntry, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """The board at one moment, and the moments around it."""

    seq: int
    at: datetime
    # The phase it was in, in words; empty where there are no phases.
    phase: str
    columns: tuple[PastColumn, ...]
    notes: int
    # This moment among all of them, from 1.
    place: int
    moments: tuple[int, ...]

    @property
    def earlier(self) -> int | None:
        return self.moments[self.place - 2] if self.place > 1 else None

    @property
    def later(self) -> int | None:
        return self.moments[self.place] if self.place < len(self.moments) else None

    @property
    def is_now(self) -> bool:
        return self.place == len(self.moments)


def moments_of(board: Board) -> tuple[int, ...]:
    """Numbers where one may stop: at each pause, each phase, and each dozen of operations. The last is now."""
    found: list[int] = []
    before: tuple[int, datetime] | None = None
    first, has_begun = 0, False
    log = BoardOp.objects.filter(board=board).order_by("seq").values_list("seq", "kind", "at")
    for seq, kind, at in log:
        if before is not None and has_begun:
            is_pause = (at - before[1]).total_seconds() > _PAUSE_SECONDS
            if is_pause or kind in ("phase", "settings") or seq - first >= _MOST_OPERATIONS:
                found.append(before[0])
                first = seq
        # The columns a board is made with are no moment of the workshop.
        has_begun = has_begun or kind == "phase" or seq > _MOST_OPERATIONS
        before = (seq, at)
    return (*found, before[0]) if before else ()


def past(board: Board, who: Who, *, place: int | None) -> Past | None:
    """`place` is a moment from 1; None, and whatever is beyond, is now. None: nothing has happened."""
    moments = moments_of(board)
    if not moments:
        return None
    place = max(1, min(place or len(moments), len(moments)))
    seq = moments[place - 1]
    rows = rows_on(board)
    seen = {
        public_id: value
        for public_id, value in replayed(board, until=seq).items()
        if (row := rows.get(public_id)) and may_be_told(row, who) and not (row.is_erased or row.is_held)
    }
    standing = {public_id: value for public_id, value in seen.items() if value.is_standing}
    gone = frozenset(public_id for public_id in standing if rows[public_id].is_deleted)
    at, phase = BoardOp.objects.filter(board=board, seq=seq).values_list("at", "phase")[0]
    return Past(
        seq=seq,
        at=at,
        phase=_phase_title(board, phase),
        columns=_columns(standing, gone),
        notes=sum(value.kind == ItemKind.NOTE for value in standing.values()),
        place=place,
        moments=moments,
    )


def _phase_title(board: Board, number: int) -> str:
    phases = list(board.phases.all())
    return str(TITLES[PhaseKind(phases[number].kind)]) if len(phases) > 1 and number < len(phases) else ""


def _columns(standing: Mapping[str, Value], gone: frozenset[str]) -> tuple[PastColumn, ...]:
    inside: dict[str, list[Value]] = defaultdict(list)
    for value in sorted(standing.values(), key=lambda value: (value.rank, value.id)):
        inside[value.inside].append(value)
    return tuple(
        PastColumn(
            id=column.id, text=column.text, entries=tuple(_entries(inside[column.id], inside, gone))
        )
        for column in inside[""]
        if column.kind == ItemKind.COLUMN
    )  # fmt: skip


def _entries(values: list[Value], inside: Mapping[str, list[Value]], gone: frozenset[str]) -> list[PastEntry]:
    return [
        PastEntry(
            id=value.id,
            text=value.text,
            sector=value.sector,
            is_group=value.kind == ItemKind.GROUP,
            notes=tuple(_entries(inside.get(value.id, []), inside, gone)) if value.kind == ItemKind.GROUP else (),
            is_gone_now=value.id in gone,
        )
        for value in values
        if value.kind in (ItemKind.NOTE, ItemKind.GROUP)
    ]
