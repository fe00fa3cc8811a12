"""Files read: the demo forum's people who want to be found, and their talks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoCard:
    name: str
    days_ago: int
    knows: str = ""
    offers: str = ""
    needs: str = ""
    may_be_asked: bool = False


@dataclass(frozen=True, slots=True)
class DemoTalk:
    asker: str
    asked: str
    about: str
    days_ago: int
    is_agreed: bool = False


@dataclass(frozen=True, slots=True)
class DemoNetwork:
    cards: list[DemoCard]
    talks: list[DemoTalk]


def demo_network() -> DemoNetwork:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: dict[str, list[dict[str, Any]]] = tomllib.load(file)  # Any: checked by the classes
    return DemoNetwork(cards=[DemoCard(**row) for row in rows["card"]], talks=[DemoTalk(**row) for row in rows["talk"]])
