"""An XLSX workbook as rows of text. Apart from the rest of tables, so that a process that reads none need not load openpyxl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kompetanseforum.core.tables.problems import TableError

# A workbook is packed; what it unpacks to is bounded too.
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_CELL = 100_000


def workbook_rows(content: bytes, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells) of the first sheet. Raises TableError, also half-way."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise TableError("unreadable_xlsx")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=most_columns + 1), start=1):
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
