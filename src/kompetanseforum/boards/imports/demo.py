"""The demo forum's boards."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoBoard:
    title: str
    occasion: str
    pattern: str
    days_ago: int
    language: str
    by: str
    columns: list[str]
    # The phase it has come to.
    phase: int
    # Sector → how many came.
    guests: dict[str, int]
    # (column, group or "", sector, text)
    notes: list[tuple[int, str, str, str]]
    # (the note's text, sector, text)
    comments: list[tuple[str, str, str]]
    # Options by their text, most liked first.
    favourites: list[str]
    became: list[str]
    need: str
    people: int
    is_ended: bool


def demo_boards() -> list[DemoBoard]:
    with resources.files("kompetanseforum.boards").joinpath("demo.toml").open("rb") as file:
        rows: dict[str, list[dict[str, Any]]] = tomllib.load(file)  # Any: checked by the class
    return [DemoBoard(**row) for row in rows["board"]]
