"""Files read: the demo forum's challenges."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoMember:
    name: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class DemoChallenge:
    question: str
    about: str
    days_ago: int
    # Keys of the demo forum's needs.
    needs: tuple[str, ...]
    # What the ideas begin with.
    ideas: tuple[str, ...]
    team: tuple[DemoMember, ...]
    invited: tuple[str, ...]
    # 0: it is open.
    closed_days_ago: int
    closed_words: str


def demo_challenges() -> Iterator[DemoChallenge]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["challenge"]  # Any: checked by the classes
    for row in rows:
        yield DemoChallenge(
            team=tuple(DemoMember(**one) for one in row.pop("team")),
            needs=tuple(row.pop("needs")),
            ideas=tuple(row.pop("ideas")),
            invited=tuple(row.pop("invited")),
            **row,
        )
