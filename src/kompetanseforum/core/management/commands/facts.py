"""Print the facts and who listens: docs/facts.md is this, and a test keeps it true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kompetanseforum.core.facts import wiring

PAGE = Path("docs/facts.md")
_HEAD = """\
# Facts

What can happen in the forum, and who listens. A fact is written with the change it tells of; those who listen
hear it after the change is kept (`src/kompetanseforum/core/facts.py`). Where nobody listens, the fact is in the
log for the record alone.

This page is written by `kompetanseforum facts --write`.

| fact | who listens |
|---|---|
"""


def page() -> str:
    rows = (
        f"| `{fact}` | {', '.join(f'`{name}`' for name in listeners) or '–'} |" for fact, listeners in wiring().items()
    )
    return _HEAD + "\n".join(rows) + "\n"


class Command(BaseCommand):
    help = "Print the facts and who listens to them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"to {PAGE}")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if write:
            PAGE.write_text(page(), encoding="utf-8")
        else:
            self.stdout.write(page(), ending="")
