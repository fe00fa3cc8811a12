"""A thread as a drawing: one row for each name, and as few lanes as keep its lines apart.

Lines that leave one name share its trunk downwards, lines that meet in one name share its trunk upwards: which of the
two a line follows is decided by where more lines run, so that twenty needs meet in one challenge as streams in a river.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanse.trace.edges import Tied


@dataclass(frozen=True, slots=True)
class Line:
    """From one row down to another, in the lane of one of its ends; it bends over to the other in the last half row."""

    start: int
    end: int
    # Whose lane it runs in: the row of one of its two ends.
    trunk: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """`lanes[row]` is the lane of the name in that row, counted from 0 at the left."""

    lanes: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        return max(self.lanes, default=-1) + 1


def draw(order: Sequence[Ref], edges: Iterable[Tied]) -> Drawing:
    """`order`: names from above; an edge to a name that is not there, or that does not lead downwards, is not drawn."""
    rows = {name: row for row, name in enumerate(order)}
    pairs = dict.fromkeys((rows.get(edge.upstream, -1), rows.get(edge.downstream, -1)) for edge in edges)
    falling = sorted((start, end) for start, end in pairs if 0 <= start < end)
    leaving, meeting = Counter(start for start, _ in falling), Counter(end for _, end in falling)
    lines = tuple(Line(start, end, trunk=start if leaving[start] >= meeting[end] else end) for start, end in falling)
    return Drawing(lanes=_lanes(len(order), lines), lines=lines)


def _lanes(rows: int, lines: Sequence[Line]) -> tuple[int, ...]:
    """Each name's trunk gets the first lane from the left that is free all along it."""
    extents = extents_of(rows, lines)
    lanes = [0] * rows
    ends: list[int] = []
    for row in sorted(range(rows), key=lambda row: (extents[row][0], row)):
        top, bottom = extents[row]
        lane = next((number for number, end in enumerate(ends) if end < top), len(ends))
        if lane == len(ends):
            ends.append(bottom)
        ends[lane] = bottom
        lanes[row] = lane
    return tuple(lanes)


def extents_of(rows: int, lines: Iterable[Line]) -> Mapping[int, tuple[int, int]]:
    """How far up and down each trunk runs, in half rows: where one ends above a name, that name may go on in its lane."""
    extents = {row: (2 * row, 2 * row) for row in range(rows)}
    for line in lines:
        top, bottom = extents[line.trunk]
        if line.trunk == line.start:
            extents[line.trunk] = (top, max(bottom, 2 * line.end - 1))
        else:
            extents[line.trunk] = (min(top, 2 * line.start + 1), bottom)
    return extents
