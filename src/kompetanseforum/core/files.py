"""Files that people take with them: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpResponse, JsonResponse

# A cell that starts so is read as a formula by spreadsheets (OWASP: CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(text: str) -> str:
    """The text, with a quote in front where a spreadsheet would calculate it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):  # a number with a minus is a number, not a formula
        return value
    return plain_cell(" | ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value))


def csv_response(file_name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> HttpResponse:
    """The rows under a line of headings; a list becomes texts parted by ` | `."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    # The mark tells spreadsheets that it is UTF-8.
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def json_response(content: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """JSON with letters as they are."""
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False}, status=status)
