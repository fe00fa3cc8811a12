"""What lines promise, so that nothing is counted twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from itertools import combinations
from typing import Protocol, TypeVar

from kompetanse.gap.lines import DemandLine, SupplyLine


class _Line(Protocol):
    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...


LineT = TypeVar("LineT", bound=_Line)


def check_demand(lines: Sequence[DemandLine]) -> None:
    """At no moment does a voice ask twice for a skill, or say two things of its people, place, sector and horizon.

    Raises ValueError.
    """
    for line in lines:
        if line.is_confirmed and not line.is_link_confirmed:
            raise ValueError(f"voice {line.voice} is confirmed for {line.skill} without its link")
        if line.people < 0:
            raise ValueError(f"voice {line.voice} asks for {line.people} people")
    _never_twice(lines, lambda line: (line.voice, line.skill))
    _never_two(lines, lambda line: line.voice, lambda line: (line.people, line.horizon, line.sector, line.municipality))


def check_supply(lines: Sequence[SupplyLine]) -> None:
    """At no moment does an outcome teach a skill twice, or an offer have two numbers of places or two municipalities.

    Raises ValueError.
    """
    for line in lines:
        if line.places is not None and line.places < 0:
            raise ValueError(f"offer {line.offer} has {line.places} places")
    _never_twice(lines, lambda line: (line.outcome, line.skill))
    _never_two(lines, lambda line: line.offer, lambda line: (line.places, line.municipality))


def _never_twice(lines: Sequence[LineT], key: Callable[[LineT], Hashable]) -> None:
    if len({key(line) for line in lines}) == len(lines):
        return
    for one, other in combinations(lines, 2):
        if key(one) == key(other) and _meet(one, other):
            raise ValueError(f"two lines at once for {key(one)}")


def _never_two(lines: Sequence[LineT], key: Callable[[LineT], Hashable], value: Callable[[LineT], Hashable]) -> None:
    if len({(key(line), value(line)) for line in lines}) == len({key(line) for line in lines}):
        return
    for one, other in combinations(lines, 2):
        if key(one) == key(other) and value(one) != value(other) and _meet(one, other):
            raise ValueError(f"lines of {key(one)} say two things at once")


def _meet(one: _Line, other: _Line) -> bool:
    ends = [until for until in (one.until, other.until) if until is not None]
    return not ends or max(one.since, other.since) < min(ends)
