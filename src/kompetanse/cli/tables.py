"""Tables of texts, read and written row by row: CSV, TSV and JSONL as they are, Parquet in pieces.

What is written can be taken up again: `done` tells how many whole rows an unfinished file holds, and half a row at its
end is cut away.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from kompetanse.linking.batches import arrow_library

Row = Mapping[str, Any]  # cells are strings in CSV, anything in JSONL
FORMATS: Final = (".csv", ".tsv", ".jsonl", ".parquet")
_ROWS_AT_ONCE: Final = 1024


class Table(Protocol):
    """A file of one format."""

    def read(self, file: Path) -> Iterator[Row]:
        """The rows, in order."""

    def done(self, file: Path) -> int:
        """How many whole rows an unfinished file holds; what comes after them is cut away."""

    def write(self, file: Path, rows: Sequence[Row], *, number: int) -> None:
        """Puts rows at the end; `number` is that of the first of them."""

    def finish(self, file: Path, to: Path) -> None:
        """Makes the unfinished file the finished one."""


def table_of(file: Path) -> Table:
    """How a file of that name is read and written. Raises ValueError."""
    ending = file.suffix.lower()
    if ending in (".csv", ".tsv"):
        return _Csv("\t" if ending == ".tsv" else ",")
    if ending == ".jsonl":
        return _Jsonl()
    if ending == ".parquet":
        return _Parquet()
    raise ValueError(f"{file.name}: a table is {', '.join(FORMATS)}")


class _Csv:
    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter

    def read(self, file: Path) -> Iterator[Row]:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield from csv.DictReader(lines, delimiter=self._delimiter)

    def done(self, file: Path) -> int:
        if not file.exists():
            return 0
        rows, whole = 0, 0
        with file.open("rb") as stream:
            # Every row ends in CRLF, and no cell of ours holds one: a CSV may be cut between rows only there.
            for line in stream:
                if not line.endswith(b"\r\n"):
                    continue
                whole = stream.tell()
                rows += 1
        with file.open("r+b") as stream:
            stream.truncate(whole)
        return max(rows - 1, 0)

    def write(self, file: Path, rows: Sequence[Row], *, number: int) -> None:
        with file.open("a", encoding="utf-8", newline="") as stream:
            # `\r\n` ends a row; inside a cell it becomes a plain line break.
            writer = csv.DictWriter(stream, list(rows[0]), delimiter=self._delimiter, extrasaction="ignore")
            if number == 0 and stream.tell() == 0:
                writer.writeheader()
            for row in rows:
                writer.writerow({name: str(cell).replace("\r\n", "\n") for name, cell in row.items()})

    def finish(self, file: Path, to: Path) -> None:
        file.replace(to)


class _Jsonl:
    def read(self, file: Path) -> Iterator[Row]:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError(f"{file.name}:{number} is no object")
                yield row

    def done(self, file: Path) -> int:
        if not file.exists():
            return 0
        rows, whole = 0, 0
        with file.open("rb") as stream:
            for line in stream:
                if line.endswith(b"\n"):
                    whole = stream.tell()
                    rows += 1
        with file.open("r+b") as stream:
            stream.truncate(whole)
        return rows

    def write(self, file: Path, rows: Sequence[Row], *, number: int) -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)

    def finish(self, file: Path, to: Path) -> None:
        file.replace(to)


class _Parquet:
    """Pieces in a folder until all are there, for a Parquet file cannot be added to."""

    def read(self, file: Path) -> Iterator[Row]:
        arrow_library()
        from_file = _parquet().ParquetFile(file)
        for batch in from_file.iter_batches(_ROWS_AT_ONCE):
            yield from batch.to_pylist()

    def done(self, file: Path) -> int:
        pieces = sorted(file.glob("*.parquet")) if file.is_dir() else []
        return sum(_parquet().read_metadata(piece).num_rows for piece in pieces)

    def write(self, file: Path, rows: Sequence[Row], *, number: int) -> None:
        file.mkdir(exist_ok=True)
        waiting = file / f"{number:012}.part"
        _parquet().write_table(arrow_library().Table.from_pylist(list(rows)), waiting)
        waiting.replace(file / f"{number:012}.parquet")

    def finish(self, file: Path, to: Path) -> None:
        pieces = sorted(file.glob("*.parquet"))
        waiting = to.with_suffix(".waiting")
        schema = arrow_library().unify_schemas([_parquet().read_schema(piece) for piece in pieces])
        with _parquet().ParquetWriter(waiting, schema) as writer:
            for piece in pieces:
                writer.write_table(_parquet().read_table(piece, schema=schema))
        waiting.replace(to)
        for piece in file.iterdir():
            piece.unlink()
        file.rmdir()


def _parquet() -> Any:
    arrow_library()
    return import_module("pyarrow.parquet")
