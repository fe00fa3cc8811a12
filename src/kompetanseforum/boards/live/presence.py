"""Who is on a board, where they point, and where the one who leads gathers them. It passes, and is never kept.

Cursors have a budget: so many positions a second on one board, whoever points; with a crowd there are none.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

# One frame each tenth of a second, with six positions: sixty a second.
TICK_SECONDS, MOST_IN_A_TICK = 0.1, 6
# A position is a whole number of the canvas' units.
FARTHEST = 1_000_000
# What another process said last holds for so long; each says it again well before.
FORGOTTEN_SECONDS, SAID_AGAIN_SECONDS = 150.0, 60.0
# This process, among those that tell each other.
ME = secrets.token_hex(4)


@dataclass(slots=True)
class Cursors:
    """Where each points now, not yet told. The newest of one's own positions is the one that counts."""

    moved: dict[int, tuple[int, int, str]] = field(default_factory=dict)

    def move(self, number: int, x: int, y: int, sector: str) -> None:
        self.moved[number] = (x, y, sector)

    def take(self) -> list[tuple[int, int, int, str]]:
        """Those who have waited longest; the others have their turn at the next tick."""
        taken = list(islice(self.moved, MOST_IN_A_TICK))
        return [(number, *self.moved.pop(number)) for number in taken]


@dataclass(slots=True)
class Elsewhere:
    """How many of each sector watch this board through other processes."""

    said: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)

    def hear(self, process: str, sector: str, count: int) -> None:
        self.said[process, sector] = (count, time.monotonic())

    def counts(self) -> Counter[str]:
        oldest, found = time.monotonic() - FORGOTTEN_SECONDS, Counter[str]()
        for (_process, sector), (count, at) in self.said.items():
            if at > oldest:
                found[sector] += count
        return found


def here_topics(board_id: str, counts: Mapping[str, int], before: Mapping[str, int]) -> list[tuple[str, int]]:
    """What this process tells the others: each sector that is here, and each that is not any more."""
    sectors = sorted({*counts, *before})
    return [(f"here:{board_id}:{ME}:{sector}", counts.get(sector, 0)) for sector in sectors]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where all are asked to look: an item, or a place on the canvas with how near (in per mille)."""

    item: str = ""
    x: int = 0
    y: int = 0
    zoom: int = 1000

    def topic(self, board_id: str) -> str:
        return f"gather:{board_id}:{self.item}:{self.x}:{self.y}:{self.zoom}"

    @property
    def frame(self) -> dict[str, object]:
        return {"t": "gather", "item": self.item, "x": self.x, "y": self.y, "zoom": self.zoom}


def gathering_in(sent: Mapping[str, object]) -> Gathering | None:
    """As a browser sent it; None when it is none."""
    item, numbers = sent.get("item", ""), [sent.get("x", 0), sent.get("y", 0), sent.get("zoom", 1000)]
    if not isinstance(item, str) or not (item == "" or (item.isascii() and item.isalnum() and len(item) == 10)):
        return None
    whole = list(_whole(numbers))
    return Gathering(item, *whole) if len(whole) == len(numbers) else None


def gathering_of(rest: str) -> Gathering:
    """The end of a topic."""
    item, x, y, zoom = rest.split(":")
    return Gathering(item, int(x), int(y), int(zoom))


def position_in(sent: Mapping[str, object]) -> tuple[int, int] | None:
    whole = list(_whole([sent.get("x"), sent.get("y")]))
    return (whole[0], whole[1]) if len(whole) == 2 else None


def _whole(numbers: list[object]) -> Iterator[int]:
    for number in numbers:
        if isinstance(number, int) and not isinstance(number, bool) and abs(number) <= FARTHEST:
            yield number
