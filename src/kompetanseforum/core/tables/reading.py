"""A table with its columns matched: each row as what stands in which of our columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kompetanseforum.core.tables.columns import Column, Columns, match_columns
from kompetanseforum.core.tables.files import table_rows
from kompetanseforum.core.tables.problems import Problem, TableError

# A cell kept as evidence; longer ones are cut.
_MOST_EVIDENCE = 2000


@dataclass(frozen=True, slots=True)
class TableRow:
    """`said` is our column → what stands there, empty cells left out; `whole` is heading → cell, as evidence."""

    number: int
    said: Mapping[str, str]
    whole: Mapping[str, str]

    def problem(self, columns: Columns, key: str, code: str, detail: str = "") -> Problem:
        return Problem(row=self.number, column=columns.shown(key), code=code, detail=detail)


@dataclass(slots=True)
class Table:
    """Read once, from the top. `too_long` holds the problem of each row with more cells than headings."""

    columns: Columns
    _rows: Iterator[tuple[int, list[str]]]
    count: int = 0
    too_long: list[Problem] | None = None

    def rows(self) -> Iterator[TableRow]:
        """Raises TableError, also half-way."""
        self.too_long = []
        headings = self.columns.headings
        for number, cells in self._rows:
            self.count += 1
            if len(cells) > len(headings):
                self.too_long.append(Problem(row=number, column="", code="row_too_long"))
                continue
            said = {key: cells[at] for at, key in self.columns.keys.items() if at < len(cells) and cells[at]}
            whole = {heading: cell[:_MOST_EVIDENCE] for heading, cell in zip(headings, cells, strict=False) if cell}
            yield TableRow(number=number, said=said, whole=whole)
        if not self.count:
            raise TableError("no_rows")


def read_table(
    content: bytes, *, file_name: str, columns: Sequence[Column], chosen: Mapping[str, str] | None = None
) -> Table:
    """Raises TableError when there is no row of headings. Whether its columns will do is for whoever asks."""
    rows = table_rows(content, file_name=file_name)
    try:
        _number, headings = next(rows)
    except StopIteration:
        raise TableError("empty") from None
    return Table(columns=match_columns(headings, columns, chosen=chosen or {}), _rows=rows)
