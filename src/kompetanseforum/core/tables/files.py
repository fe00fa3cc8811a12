"""A CSV or XLSX file as rows of text, whatever made it: encodings, separators, broken and hostile files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import PurePath

from kompetanseforum.core.files import plain_cell
from kompetanseforum.core.memory import late
from kompetanseforum.core.tables.problems import TableError

MOST_MEGABYTES = 10
MOST_ROWS = 50_000
MOST_COLUMNS = 100
_SEPARATORS = ";\t,"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

Row = tuple[int, list[str]]

_workbook_rows: Callable[[bytes, int], Iterator[Row]] = late("kompetanseforum.core.tables.workbooks", "workbook_rows")


def table_rows(content: bytes, *, file_name: str) -> Iterator[Row]:
    """(row number, cells) with headings first and empty rows left out. Raises TableError, also half-way."""
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise TableError("too_big", str(MOST_MEGABYTES))
    if not content.strip():
        raise TableError("empty")
    if content.startswith(_OLD_EXCEL):
        raise TableError("old_excel")
    if not is_workbook(content) and PurePath(file_name).suffix.lower() in (".xlsx", ".xlsm"):
        raise TableError("not_xlsx")
    return _bounded(_workbook_rows(content, MOST_COLUMNS) if is_workbook(content) else _csv_rows(_text(content)))


def is_workbook(content: bytes) -> bool:
    return content.startswith(_ZIP)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    count = 0
    for number, cells in rows:
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise TableError("too_many_rows", str(MOST_ROWS))
        if len(cells) > MOST_COLUMNS:
            raise TableError("too_many_columns", str(MOST_COLUMNS))
        yield number, cells


def _text(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else what Windows writes here (cp1252)."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise TableError("not_text") from error
    if b"\0" in content:
        raise TableError("not_text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise TableError("not_text") from error


def _csv_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    started = started_now = 1
    width = 0
    last: list[str] = []
    while True:
        try:
            last, started_now = next(reader), started
        except StopIteration:
            break
        except csv.Error as error:
            code = "cell_too_long" if "field limit" in str(error) else "open_quote"
            raise TableError(code, str(started), row=started) from error
        width = width or len(last)
        # A cell may hold line breaks: the row is told by where it begins.
        yield started_now, [_without_guard(cell.strip()) for cell in last]
        started = reader.line_num + 1
    if 0 < len(last) < width and not text.endswith(("\n", "\r")):
        raise TableError("cut_off", str(started_now))


def _without_guard(cell: str) -> str:
    """The quote that our own exports put before what a spreadsheet would calculate."""
    return cell[1:] if cell.startswith("'") and plain_cell(cell[1:]) == cell else cell


def _separator(text: str) -> str:
    """The one that stands most often among the headings; Excel writes ; where the comma is decimal."""
    headings = text.lstrip("\r\n").split("\n", 1)[0]
    return max(_SEPARATORS, key=headings.count)
