"""NAV's shortage statistics: how many people each occupation lacks, in one county's column."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

GZIP_MAGIC = b"\x1f\x8b"


class StatisticsFileError(ValueError):
    """The file is not NAV's table; says why and what to do, for whoever runs the command."""


@dataclass(frozen=True, slots=True)
class ShortageRow:
    year: int
    occupation_code: str
    occupation_name: str
    people: int


def read_shortages(path: Path, *, county: str) -> list[ShortageRow]:
    """NAV's estimate of people lacking by occupation (STYRK-08) in one county's column.

    The table is parted by semicolons, starts with a byte-order mark and has a space between thousands.
    Raises StatisticsFileError; nothing is read in part.
    """
    raw = path.read_bytes()
    try:
        text = (gzip.decompress(raw) if raw.startswith(GZIP_MAGIC) else raw).decode("utf-8-sig")
    except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
        raise StatisticsFileError("it cannot be read as text; save it as CSV in UTF-8") from error
    return shortages_in(text, county=county)


def shortages_in(text: str, *, county: str) -> list[ShortageRow]:
    """The same of a table that has been opened. Raises StatisticsFileError."""
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    try:
        missing = {"aar", "yrkekode", "yrke", county} - set(reader.fieldnames or ())
        if missing:
            raise StatisticsFileError(
                f"it has no column {', '.join(sorted(missing))}; is it NAV's table, and --county one of its columns?"
            )
        rows = [_shortage(row, county) for row in reader]
    except csv.Error as error:  # a cell of more than 128 kB
        raise StatisticsFileError(f"it is not a table of occupations: {error}") from error
    if not rows:
        raise StatisticsFileError("it has no rows")
    return rows


def _shortage(row: dict[str, str], county: str) -> ShortageRow:
    try:
        people = int("".join(row[county].split()) or 0)
        if people < 0:
            raise ValueError("fewer than none")
        return ShortageRow(int(row["aar"]), row["yrkekode"].strip().zfill(4), row["yrke"].strip(), people)
    except (ValueError, AttributeError) as error:
        occupation = row.get("yrke") or row.get("yrkekode") or "a row"
        raise StatisticsFileError(
            f"{occupation}: «{row.get(county)}» people in «{row.get('aar')}» is no number"
        ) from error
