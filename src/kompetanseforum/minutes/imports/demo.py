"""Invented minutes for the demo forum."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class DemoMinutes:
    title: str
    days_ago: int
    text: str


def demo_minutes() -> list[DemoMinutes]:
    with resources.files("kompetanseforum.minutes").joinpath("demo.toml").open("rb") as file:
        return [DemoMinutes(**row) for row in tomllib.load(file)["minutes"]]
