"""A provider's catalogue: each row of a CSV or XLSX file is an offer, and what is wrong with it is told by row and column."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kompetanseforum.codes.models import Municipality
from kompetanseforum.offers.imports import cells
from kompetanseforum.offers.imports.cells import CellError
from kompetanseforum.offers.imports.columns import COLUMNS, column_of
from kompetanseforum.offers.imports.problems import CatalogueError, Problem
from kompetanseforum.offers.imports.tables import table_rows
from kompetanseforum.offers.models import Level
from kompetanseforum.offers.queries.comparing import Brought
from kompetanseforum.offers.queries.content import Content

# NKR level → our word for it; 1 to 3 come before a trade certificate, 7 and up are master's.
_LEVEL_OF_NKR = {1: Level.INTRO, 2: Level.INTRO, 3: Level.INTRO, 4: Level.TRADE, 5: Level.COLLEGE, 6: Level.COLLEGE}

# Column → Content's field and how a cell is read. Outcomes and municipality ask for more than the cell.
_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {  # Any: each field has its own type
    "title": ("title", cells.text(200)),
    "kind": ("kind", cells.kind),
    "provider": ("provider", cells.text(160)),
    "language": ("language", cells.language),
    "description": ("description", cells.text(5000)),
    "level": ("level", cells.level),
    "nkr_level": ("nkr_level", cells.whole_number(8)),
    "delivery": ("delivery", cells.deliveries),
    "credits": ("credits", cells.points),
    "weeks": ("weeks", cells.whole_number(1000)),
    "hours_per_week": ("hours_per_week", cells.whole_number(168)),
    "part_time": ("is_part_time", cells.yes_or_no),
    "starts": ("starts", cells.days),
    "places_per_year": ("places_per_year", cells.whole_number(100_000)),
    "price": ("price_nok", cells.price),
    "url": ("url", cells.address),
}


@dataclass(slots=True)
class Catalogue:
    """What a file holds: offers that can be stored, what is wrong with the other rows, headings not understood."""

    offers: list[Brought] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    rows: int = 0


def read_catalogue(
    content: bytes, *, file_name: str, provider: str = "", progress: Callable[[int], None] | None = None
) -> Catalogue:
    """Raises CatalogueError when the file as a whole cannot be read."""
    rows = table_rows(content, file_name=file_name)
    try:
        _number, headings = next(rows)
    except StopIteration:
        raise CatalogueError("empty") from None
    columns, unknown = _columns(headings)
    places = _Municipalities()
    catalogue = Catalogue(unknown_headings=unknown)
    first_rows: dict[str, int] = {}
    for number, values in rows:
        catalogue.rows += 1
        brought, problems = _read_row(
            number, values, columns=columns, headings=headings, provider=provider, places=places
        )
        if brought and (first := first_rows.setdefault(brought.source_id, number)) != number:
            problems.append(Problem(row=number, column="", code="said_twice", detail=str(first)))
        if problems or brought is None:
            catalogue.problems += problems
        else:
            catalogue.offers.append(brought)
        if progress and catalogue.rows % 500 == 0:
            progress(catalogue.rows)
    if not catalogue.rows:
        raise CatalogueError("no_rows")
    return catalogue


def read_catalogue_file(path: Path, *, provider: str) -> Catalogue:
    """Raises CatalogueError, also when there is no such file."""
    try:
        return read_catalogue(path.read_bytes(), file_name=path.name, provider=provider)
    except OSError as error:
        raise CatalogueError("not_found", path.name) from error


def _columns(headings: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Position → column key, and the headings we do not know."""
    columns: dict[int, str] = {}
    unknown = []
    for position, heading in enumerate(headings):
        key = column_of(heading)
        if key is None:
            unknown += [heading[:60]] if heading else []
        elif key in columns.values():
            raise CatalogueError("same_column_twice", heading[:60])
        else:
            columns[position] = key
    if "title" not in columns.values():
        raise CatalogueError("no_title_column")
    return columns, unknown


@dataclass(slots=True)
class _Municipalities:
    """Name or number → number."""

    _codes: dict[str, str] = field(default_factory=dict)

    def code(self, cell: str) -> str:
        if not self._codes:
            rows = Municipality.objects.values_list("code", "name")
            # Names in two languages stand as "Trondheim - Tråante"; each is one.
            self._codes = {part.strip().casefold(): code for code, name in rows for part in (name, *name.split(" - "))}
            self._codes |= {code: code for code in self._codes.values()}
        if (code := self._codes.get(cell.casefold())) is None:
            raise CellError("not_a_municipality", cell)
        return code


def _read_row(
    number: int,
    values: Sequence[str],
    *,
    columns: Mapping[int, str],
    headings: Sequence[str],
    provider: str,
    places: _Municipalities,
) -> tuple[Brought | None, list[Problem]]:
    if len(values) > len(headings):
        return None, [Problem(row=number, column="", code="row_too_long")]
    said = {columns[position]: cell for position, cell in enumerate(values) if position in columns and cell}
    shown = {key: headings[position] for position, key in columns.items()}
    read: dict[str, Any] = {}  # Any: each field has its own type
    problems = []
    if not said.get("title"):
        problems.append(Problem(row=number, column=shown["title"], code="missing_title"))
    for column in COLUMNS:
        cell = said.get(column.key)
        if not cell:
            continue
        try:
            _read_cell(column.key, cell, into=read, places=places)
        except CellError as error:
            problems.append(Problem(row=number, column=shown[column.key], code=error.code, detail=error.detail))
    if problems:
        return None, problems
    read.setdefault("provider", provider)
    if "level" not in read and "nkr_level" in read:
        read["level"] = _LEVEL_OF_NKR.get(read["nkr_level"], Level.MASTER)
    content = Content(**read)
    return Brought(source_id=_source_id(said.get("id", ""), content), content=content), []


def _read_cell(key: str, cell: str, *, into: dict[str, Any], places: _Municipalities) -> None:
    if key == "municipality":
        into["municipality"] = places.code(cell)
    elif key == "outcomes":
        # Columns are read in their own order, so the language stands there already.
        into["outcomes"] = cells.outcomes(cell, language=into.get("language", "nb"))
    elif key == "id":
        cells.text(80)(cell)
    else:
        name, reader = _READERS[key]
        into[name] = reader(cell)


def _source_id(given: str, content: Content) -> str:
    """The provider's own id, else what tells one offer from another: its title and who gives it."""
    if given:
        return given
    said = f"{content.title.casefold()}\n{content.provider.casefold()}"
    return f"title:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
