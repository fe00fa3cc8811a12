"""Invented minutes for the demo forum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "demo"


@dataclass(frozen=True, slots=True)
class DemoMinutes:
    title: str
    days_ago: int
    text: str


def demo_minutes() -> list[DemoMinutes]:
    """Files of three parts: a title, how many days ago, and the text."""
    found = []
    for path in sorted(_FOLDER.glob("*.txt")):
        title, days_ago, text = path.read_text(encoding="utf-8").split("\n", 2)
        found.append(DemoMinutes(title=title, days_ago=int(days_ago), text=text.strip()))
    return found
