"""Files read: how the demo forum's organisations present themselves, and who speaks for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

_FOLDER = "kompetanseforum.organisations"


@dataclass(frozen=True, slots=True)
class DemoPresented:
    organisation: str
    knows: str
    departments: list[str] = field(default_factory=list)
    runs_forum: bool = False


@dataclass(frozen=True, slots=True)
class DemoSpeaker:
    name: str
    organisation: str
    days_ago: int
    department: str = ""
    spokesperson_with_consent_from: str = ""
    is_shown: bool = False
    is_waiting: bool = False

    @property
    def email(self) -> str:
        letters = str.maketrans("æøåÆØÅ ", "eoaEOA.")
        return f"{self.name.translate(letters).lower()}@forum.example"


@dataclass(frozen=True, slots=True)
class DemoContact:
    organisation: str
    by: str
    way: str
    days_ago: int
    about: str


@dataclass(frozen=True, slots=True)
class DemoPeople:
    presented: list[DemoPresented]
    speakers: list[DemoSpeaker]
    contacts: list[DemoContact]


def demo_people() -> DemoPeople:
    with resources.files(_FOLDER).joinpath("demo_people.toml").open("rb") as file:
        rows: dict[str, list[dict[str, Any]]] = tomllib.load(
            file
        )  # Any: what stands in the file, checked by the classes
    return DemoPeople(
        presented=[DemoPresented(**row) for row in rows["presented"]],
        speakers=[DemoSpeaker(**row) for row in rows["person"]],
        contacts=[DemoContact(**row) for row in rows["contact"]],
    )
