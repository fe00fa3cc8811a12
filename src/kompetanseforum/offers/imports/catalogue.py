"""A provider's catalogue: each row of a CSV or XLSX file is an offer, and what is wrong with it is told by row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kompetanseforum.codes.queries import MunicipalityCodes
from kompetanseforum.core.tables import CellError, Columns, Problem, TableError, TableRow, read_table
from kompetanseforum.core.tables import cells as plain
from kompetanseforum.core.tables import words as common
from kompetanseforum.offers.imports import cells
from kompetanseforum.offers.imports.columns import COLUMNS
from kompetanseforum.offers.imports.levels import level_of_nkr
from kompetanseforum.offers.imports.sources import source_id_of
from kompetanseforum.offers.queries.comparing import Brought
from kompetanseforum.offers.queries.content import Content

# Column → Content's field and how a cell is read. Outcomes and municipality ask for more than the cell.
_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {  # Any: each field has its own type
    "title": ("title", plain.text(200)),
    "kind": ("kind", cells.kind),
    "provider": ("provider", plain.text(160)),
    "language": ("language", common.language),
    "description": ("description", plain.text(5000)),
    "level": ("level", common.level),
    "nkr_level": ("nkr_level", plain.whole_number(8)),
    "delivery": ("delivery", cells.deliveries),
    "credits": ("credits", plain.points),
    "weeks": ("weeks", plain.whole_number(1000)),
    "hours_per_week": ("hours_per_week", plain.whole_number(168)),
    "part_time": ("is_part_time", plain.yes_or_no),
    "starts": ("starts", plain.days),
    "places_per_year": ("places_per_year", plain.whole_number(100_000)),
    "price": ("price_nok", plain.price),
    "url": ("url", plain.address),
    "isced": ("isced", cells.isced),
}


@dataclass(slots=True)
class Catalogue:
    """What a file holds: offers that can be stored, what is wrong with the other rows, headings not understood.

    `rows_of` is an offer's id in the source → the row it stood in.
    """

    offers: list[Brought] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    rows_of: dict[str, TableRow] = field(default_factory=dict)
    rows: int = 0


def read_catalogue(
    content: bytes,
    *,
    file_name: str,
    provider: str = "",
    chosen: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Catalogue:
    """Raises TableError when the file as a whole cannot be read."""
    table = read_table(content, file_name=file_name, columns=COLUMNS, chosen=chosen)
    table.columns.raise_if_unusable()
    places = MunicipalityCodes()
    catalogue = Catalogue(unknown_headings=list(table.columns.unknown))
    for row in table.rows():
        brought, problems = _read_row(row, columns=table.columns, provider=provider, places=places)
        if brought and (first := catalogue.rows_of.setdefault(brought.source_id, row)) is not row:
            problems.append(Problem(row=row.number, column="", code="said_twice", detail=str(first.number)))
        if problems or brought is None:
            catalogue.problems += problems
        else:
            catalogue.offers.append(brought)
        if progress and table.count % 500 == 0:
            progress(table.count)
    catalogue.problems = sorted([*catalogue.problems, *(table.too_long or ())], key=lambda problem: problem.row)
    catalogue.rows = table.count
    return catalogue


def read_catalogue_file(path: Path, *, provider: str) -> Catalogue:
    """Raises TableError, also when there is no such file."""
    try:
        return read_catalogue(path.read_bytes(), file_name=path.name, provider=provider)
    except OSError as error:
        raise TableError("not_found", path.name) from error


def _read_row(
    row: TableRow, *, columns: Columns, provider: str, places: MunicipalityCodes
) -> tuple[Brought | None, list[Problem]]:
    read: dict[str, Any] = {}  # Any: each field has its own type
    problems = [] if row.said.get("title") else [row.problem(columns, "title", "missing")]
    for column in COLUMNS:
        cell = row.said.get(column.key)
        if not cell:
            continue
        try:
            _read_cell(column.key, cell, into=read, places=places)
        except CellError as error:
            problems.append(row.problem(columns, column.key, error.code, error.detail))
    if problems:
        return None, problems
    read.setdefault("provider", provider)
    if "level" not in read and "nkr_level" in read:
        read["level"] = level_of_nkr(read["nkr_level"])
    content = Content(**read)
    return Brought(source_id=source_id_of(content, given=row.said.get("id", "")), content=content), []


def _read_cell(key: str, cell: str, *, into: dict[str, Any], places: MunicipalityCodes) -> None:
    if key == "municipality":
        if (code := places.find(cell)) is None:
            raise CellError("not_a_municipality", cell)
        into["municipality"] = code
    elif key == "outcomes":
        # Columns are read in their own order, so the language stands there already.
        into["outcomes"] = cells.outcomes(cell, language=into.get("language", "nb"))
    elif key == "id":
        plain.text(80)(cell)
    else:
        name, reader = _READERS[key]
        into[name] = reader(cell)
