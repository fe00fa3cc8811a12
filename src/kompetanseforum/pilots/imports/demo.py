"""The demo forum's pilots, in bokmål and nynorsk."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoEntry:
    words: str
    days_ago: int
    kind: str = "observation"


@dataclass(frozen=True, slots=True)
class DemoPilot:
    key: str
    title: str
    hypothesis: str
    smallest_test: str
    who: str
    stop_if: str
    organisation: str
    by: str
    begins_days_ago: int
    ends_days_ago: int
    # Words from a public voice of each need that it tests.
    tests: list[str]
    # The title of the room where it was agreed to try it first.
    room: str = ""
    decision: str = ""
    decision_why: str = ""
    decided_days_ago: int = 0
    learnings: list[str] = field(default_factory=list)
    entry: list[DemoEntry] = field(default_factory=list)


def demo_pilots() -> list[DemoPilot]:
    """Days count back from the day the demo is loaded; what is to come is less than nought."""
    with resources.files("kompetanseforum.pilots").joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["pilot"]  # Any: checked by the classes
    return [DemoPilot(**(row | {"entry": [DemoEntry(**one) for one in row.get("entry", [])]})) for row in rows]
