"""Files read: the demo forum's ideas."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoIdea:
    words: str
    language: str
    days_ago: int
    # Key of the demo forum's need that it became.
    became: str = ""


def demo_ideas() -> Iterator[DemoIdea]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["idea"]  # Any: checked by the class
    yield from (DemoIdea(**row) for row in rows)
