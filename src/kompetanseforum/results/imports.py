"""Files read: what came out of it in the demo forum."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoResult:
    what: str
    who: str
    organisation: str
    kind: str
    days_ago: int
    # The title of the pilot, or words from a public voice of the need, that contributed.
    pilot: str
    need: str
    contribution: str
    place: str = ""
    good_for: list[str] = field(default_factory=list)
    is_expected: bool = True
    is_good: bool = True
    significance: str = ""
    also_because: str = ""
    by: str = "ingrid"
    # Title and address or words.
    evidence: list[tuple[str, str, str]] = field(default_factory=list)
    # Who, the answer and its words.
    replies: list[tuple[str, str, str]] = field(default_factory=list)
    is_published: bool = True


def demo_results() -> list[DemoResult]:
    """Days count back from the day the demo is loaded."""
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["result"]  # Any: checked by the class
    return [DemoResult(**row) for row in rows]
