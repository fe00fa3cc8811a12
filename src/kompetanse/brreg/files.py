"""Enhetsregisteret's bulk files, read as a stream: JSON or CSV, packed or not. A million units need no more memory than one."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterator
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import IO, Any, cast

from kompetanse.brreg.problems import BrregError
from kompetanse.brreg.units import Unit, read_unit

_GZIP = b"\x1f\x8b"
_PIECE = 256 * 1024
# No unit is this long; what is, was not written by the register.
_LONGEST_ROW = 16 * _PIECE
_decoder = json.JSONDecoder()


def read_units(file: IO[bytes]) -> Iterator[Unit]:
    """Every unit of a bulk file, in its order. Raises BrregError: what came before it stands."""
    buffered = file if isinstance(file, BufferedReader) else BufferedReader(_Raw(file))
    is_packed = buffered.peek(2)[:2] == _GZIP
    unpacked = gzip.GzipFile(fileobj=buffered) if is_packed else buffered
    text = TextIOWrapper(cast("IO[bytes]", unpacked), encoding="utf-8-sig", newline="")
    try:
        for number, raw in enumerate(_rows(text), 1):
            try:
                yield read_unit(raw)
            except BrregError as error:
                raise BrregError(error.code, f"{number}: {error.detail}") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BrregError("cut_off", str(error)[:100]) from error
    except UnicodeDecodeError as error:
        raise BrregError("not_the_register", "utf-8") from error


class _Raw(RawIOBase):
    """Any binary file as one that can be looked into before it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:  # Any: a buffer, whose type has no name in Python 3.11
        piece = self._file.read(len(into))
        into[: len(piece)] = piece
        return len(piece)


def _rows(text: TextIOWrapper) -> Iterator[dict[str, Any]]:
    start = text.read(_PIECE)
    if start.lstrip()[:1] == "[":
        return _json_rows(text, start.lstrip()[1:])
    return _csv_rows(text, start)


def _json_rows(text: TextIOWrapper, start: str) -> Iterator[dict[str, Any]]:
    """The objects of one long list, one at a time."""
    rest, is_whole = start, False
    while not is_whole:
        at = 0
        while True:
            at = _past(rest, at)
            if rest[at : at + 1] == "]":
                is_whole = True
                break
            try:
                row, at = _decoder.raw_decode(rest, at)
            except json.JSONDecodeError:
                break
            if not isinstance(row, dict):
                raise BrregError("not_the_register", "json")
            yield row
        if is_whole:
            return
        piece = text.read(_PIECE)
        if not piece:
            raise BrregError("cut_off", rest[-60:])
        if at == 0 and len(rest) > _LONGEST_ROW:
            raise BrregError("broken_row", rest[:60])
        rest = rest[at:] + piece


def _past(text: str, at: int) -> int:
    """Over white space and one comma."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def _csv_rows(text: TextIOWrapper, start: str) -> Iterator[dict[str, Any]]:
    heading = start.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    if "organisasjonsnummer" not in heading:
        raise BrregError("not_the_register", heading[:60])
    reader = csv.DictReader(_lines(text, start), delimiter=delimiter)
    width = len(reader.fieldnames or ())
    try:
        for row in reader:
            if len(row) != width or None in row.values():
                raise BrregError("cut_off", f"{reader.line_num}")
            yield row
    except csv.Error as error:
        raise BrregError("broken_row", str(reader.line_num)) from error


def _lines(text: TextIOWrapper, start: str) -> Iterator[str]:
    """The lines of the piece that is read already, and of the rest."""
    rest = start
    while rest:
        *lines, rest = rest.splitlines(keepends=True)
        yield from lines
        if len(rest) > _LONGEST_ROW:
            raise BrregError("broken_row", rest[:60])
        piece = text.read(_PIECE)
        if not piece:
            if rest:
                yield rest
            return
        rest += piece
