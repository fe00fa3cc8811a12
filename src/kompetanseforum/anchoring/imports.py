"""Files read: what the demo forum's organisations have committed themselves to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoAnchoring:
    organisation: str
    # "ingrid", "farid", or the name of one who speaks for it.
    by: str
    what: str
    state: str
    days_ago: int
    # The title of the pilot it is about.
    pilot: str = ""
    scope: str = ""
    decided_by: str = ""
    decided_days_ago: int = 0
    until_in_days: int | None = None
    contact_name: str = ""
    contact_email: str = ""
    costs: str = ""
    asks: str = ""
    is_public: bool = True
    # What, and in how many days.
    step: list[tuple[str, int]] = field(default_factory=list)


def demo_anchorings() -> list[DemoAnchoring]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["anchoring"]  # Any: checked by the class
    return [DemoAnchoring(**row) for row in rows]
