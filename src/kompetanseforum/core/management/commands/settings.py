"""Print the settings: docs/settings.md is this, and a test keeps it true."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

PAGE = Path("docs/settings.md")
_HEAD = """\
# Settings

All are environment variables, and all may be left out: with nothing set the forum runs on SQLite in one folder.
`kompetanseforum doctor` tells what is set and what is missing.

This page is written by `kompetanseforum settings --write` from the table in `src/kompetanseforum/config/env.py`.

| setting | default | what it is for |
|---|---|---|
"""


def page() -> str:
    # Found by name, as Django finds its settings: the table lies in the one layer that knows all others.
    table = import_module("kompetanseforum.config.env").SETTINGS
    return _HEAD + "".join(f"| `{row.name}` | {_default(row.default)} | {row.purpose} |\n" for row in table)


def _default(text: str) -> str:
    return f"`{text}`" if text else "–"


class Command(BaseCommand):
    help = "Print the settings and what they are for."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"to {PAGE}")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if write:
            PAGE.write_text(page(), encoding="utf-8")
        else:
            self.stdout.write(page(), ending="")
