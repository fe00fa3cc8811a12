"""Figures that a bench writes into the documentation, between two marks."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def put_between(file: Path, text: str, *, begin: str, end: str) -> None:
    """Puts `text` between the marks in the file. Raises ValueError when they are not there."""
    before, found, rest = file.read_text(encoding="utf-8").partition(begin)
    _, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise ValueError(f"{file} has no place for the table. Write {begin} and {end} where it shall stand.")
    file.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def when_measured() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
