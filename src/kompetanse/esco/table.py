"""Rows of one CSV file, by the names in its header, with every kind of damage told apart."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import IO

from kompetanse.esco.errors import EscoFileError


class Hashed(io.RawIOBase):
    """Hashes what passes through, so that a file is read once."""

    def __init__(self, stream: IO[bytes], *, into: hashlib._Hash) -> None:
        self._stream = stream
        self._hash = into

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._hash.update(data)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def rows(stream: IO[bytes], *, name: str, needed: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The `needed` and then the `wanted` columns of each row; a wanted column that is missing is empty.

    Raises EscoFileError: missing_column, wrong_encoding, cut_off (no rows, a row with too few cells, or
    an unfinished quote) or broken_row.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = csv.reader(text, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        places = _places(header, name=name, needed=needed, wanted=wanted)
        is_empty = True
        for cells in reader:
            if len(cells) != len(header):
                if not cells or (len(cells) == 1 and not cells[0].strip()):
                    continue
                raise EscoFileError(
                    "cut_off" if len(cells) < len(header) else "broken_row", f"{name}:{reader.line_num}"
                )
            is_empty = False
            yield tuple(cells[place].strip() if place is not None else "" for place in places)
        if is_empty:
            raise EscoFileError("cut_off", name)
    except UnicodeDecodeError as error:
        # A letter cut in two by the end of the file is half a file, not another encoding.
        is_end = error.reason == "unexpected end of data"
        raise EscoFileError("cut_off" if is_end else "wrong_encoding", name) from error
    except csv.Error as error:
        is_end = "unexpected end of data" in str(error)
        raise EscoFileError("cut_off" if is_end else "broken_row", f"{name}:{reader.line_num}") from error


def _places(header: Sequence[str], *, name: str, needed: Sequence[str], wanted: Sequence[str]) -> list[int | None]:
    where = {column: place for place, column in reversed(list(enumerate(header)))}
    for column in needed:
        if column.lower() not in where:
            raise EscoFileError("missing_column", f"{name}: {column}")
    return [where.get(column.lower()) for column in (*needed, *wanted)]
