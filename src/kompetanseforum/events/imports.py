"""Files read: the demo forum's meetings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoGuests:
    name: str
    heads: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class DemoSignUp:
    name: str
    from_where: str
    sector: str
    heads: int


@dataclass(frozen=True, slots=True)
class DemoReflection:
    by: str
    days_after: int
    words: str


@dataclass(frozen=True, slots=True)
class DemoFollowUp:
    by: str
    words: str
    due_days_after: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class DemoMeeting:
    key: str
    title: str
    # Negative: it is still to come.
    days_ago: int
    from_hour: int
    hours: int
    place: str
    municipality: str
    about: str
    sectors: dict[str, int]
    organisations: tuple[DemoGuests, ...]
    # Keys of the demo forum's needs.
    needs: tuple[str, ...]
    minutes: str
    minutes_are_public: bool
    reflections: tuple[DemoReflection, ...]
    follow_ups: tuple[DemoFollowUp, ...]
    sign_ups: tuple[DemoSignUp, ...] = ()
    places: int | None = None


def demo_meetings() -> Iterator[DemoMeeting]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["meeting"]  # Any: checked by the classes
    for row in rows:
        yield DemoMeeting(
            from_hour=row.pop("from"),
            organisations=tuple(DemoGuests(**one) for one in row.pop("organisations")),
            needs=tuple(row.pop("needs")),
            reflections=tuple(DemoReflection(**one) for one in row.pop("reflections")),
            follow_ups=tuple(DemoFollowUp(**one) for one in row.pop("follow_ups")),
            sign_ups=tuple(DemoSignUp(**one) for one in row.pop("sign_ups", [])),
            **row,
        )
