"""Files read: the demo forum's briefs, what was answered, and who put in what."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    who: str
    kind: str
    days_ago: int
    words: str = ""
    reason: str = ""
    until_in_days: int = 0
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class DemoPledge:
    who: str
    gift: str
    words: str
    days_ago: int
    name_is_public: bool = False


@dataclass(frozen=True, slots=True)
class DemoBrief:
    """`needs` are the first words of needs; `to` and `who` are keys of demo organisations."""

    key: str
    by: str
    title: str
    needs: list[str]
    days_ago: int
    starts_in_days: list[int]
    answer_in_days: int
    language: str = "nb"
    about: str = ""
    people: int = 0
    level: int = 0
    hours_per_week: int | None = None
    delivery: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    place: str = ""
    payer: str = ""
    to: list[str] = field(default_factory=list)
    answers: list[DemoAnswer] = field(default_factory=list)
    pledges: list[DemoPledge] = field(default_factory=list)


def demo_briefs() -> list[DemoBrief]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["brief"]  # Any: checked by the classes
    return [_brief(row) for row in rows]


def _brief(row: dict[str, Any]) -> DemoBrief:  # Any: as TOML gives it
    answers = [DemoAnswer(**one) for one in row.pop("answer", [])]
    pledges = [DemoPledge(**one) for one in row.pop("pledge", [])]
    return DemoBrief(**row, answers=answers, pledges=pledges)
