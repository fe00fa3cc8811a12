"""A CSV or XLSX file as rows of text, whatever made it: encodings, separators, broken and hostile files."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePath

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kompetanseforum.core.files import plain_cell
from kompetanseforum.core.tables.problems import TableError

MOST_MEGABYTES = 10
MOST_ROWS = 50_000
MOST_COLUMNS = 100
# A workbook is packed; what it unpacks to is bounded too.
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_CELL = 100_000
_SEPARATORS = ";\t,"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

Row = tuple[int, list[str]]


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
    return _bounded(_workbook_rows(content) if is_workbook(content) else _csv_rows(_text(content)))


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


def _workbook_rows(content: bytes) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise TableError("unreadable_xlsx")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), start=1):
            yield number, _trimmed([_cell(cell) for cell in cells])
    except (zipfile.BadZipFile, InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, IndexError, OSError,
            AttributeError, EOFError, NotImplementedError, RuntimeError) as error:  # fmt: skip
        # openpyxl lets through whatever its parts raise; RuntimeError is a locked zip, SyntaxError broken XML.
        raise TableError("unreadable_xlsx") from error


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:_MOST_CELL].strip()
