"""Who is on a board, where they point, what they drag, and where the one who leads gathers them. It passes, and is never kept.

What passes has a budget: so many positions a second on one board, whoever points or drags; with a crowd there are none.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from kompetanse.refs import ALPHABET, PUBLIC_ID_LENGTH

T = TypeVar("T")

# One frame each tenth of a second, with six positions: sixty a second.
TICK_SECONDS, MOST_IN_A_TICK = 0.1, 6
# So many things may one drag at once and be seen doing it; more go when they are let go.
MOST_CARRIED = 20
# A position is a whole number of the canvas' units.
FARTHEST = 1_000_000
# What another process said last holds for so long; each says it again well before.
FORGOTTEN_SECONDS, SAID_AGAIN_SECONDS = 150.0, 60.0
_LETTERS = frozenset(ALPHABET)
# This process, among those that tell each other.
ME = secrets.token_hex(4)


@dataclass(slots=True)
class Turns(Generic[T]):
    """What each has done last and is not told yet. The newest is the one that counts."""

    moved: dict[int, T] = field(default_factory=dict)

    def move(self, number: int, where: T) -> None:
        self.moved[number] = where

    def forget(self, number: int) -> None:
        self.moved.pop(number, None)

    def take(self) -> list[tuple[int, T]]:
        """Those who have waited longest; the others have their turn at the next tick."""
        taken = list(islice(self.moved, MOST_IN_A_TICK))
        return [(number, self.moved.pop(number)) for number in taken]


@dataclass(frozen=True, slots=True)
class Carried:
    """What one drags: how far it has come on the canvas, and where it would land. Nothing: it was let go."""

    items: tuple[str, ...] = ()
    x: int = 0
    y: int = 0
    inside: str = ""
    before: str = ""

    @property
    def named(self) -> frozenset[str]:
        """Everything it tells of."""
        return frozenset({*self.items, self.inside, self.before} - {""})

    @property
    def told(self) -> tuple[object, ...]:
        return self.items, self.x, self.y, self.inside, self.before


def carried_in(sent: Mapping[str, object]) -> Carried | None:
    """As a browser sent it; None when it is none."""
    items, inside, before = sent.get("items"), sent.get("in", ""), sent.get("before", "")
    whole = list(_whole([sent.get("x", 0), sent.get("y", 0)]))
    if not isinstance(items, list) or len(items) > MOST_CARRIED or len(whole) != 2:
        return None
    if not all(_is_id(item) for item in items) or not all(place == "" or _is_id(place) for place in (inside, before)):
        return None
    return Carried(tuple(dict.fromkeys(items)), whole[0], whole[1], str(inside), str(before))


def _is_id(sent: object) -> bool:
    return isinstance(sent, str) and len(sent) == PUBLIC_ID_LENGTH and set(sent) <= _LETTERS


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

    def topic(self, board_id: str, command: str = "gather") -> str:
        """`gather` brings all there; `lead` those who follow, as often as the one who leads moves."""
        return f"{command}:{board_id}:{self.item}:{self.x}:{self.y}:{self.zoom}"

    def frame(self, command: str = "gather") -> dict[str, object]:
        return {"t": command, "item": self.item, "x": self.x, "y": self.y, "zoom": self.zoom}


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
