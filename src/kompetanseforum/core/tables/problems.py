"""What may be wrong with a table: row, column and what to do, in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Code → what to do. `%(detail)s` is what stood there, or the limit.
_TEXTS = {
    # of a cell
    "missing": gettext_lazy("Nothing stands here, and something must. Write it, or take the row away."),
    "too_long": gettext_lazy("The text is too long. Keep it under %(detail)s characters."),
    "not_a_number": gettext_lazy("«%(detail)s» is not a whole number. Write figures alone, such as 12."),
    "too_large": gettext_lazy("The number is too large. The most is %(detail)s."),
    "not_a_date": gettext_lazy("«%(detail)s» is not a date. Write it as 2027-01-15 or 15.1.2027."),
    "not_a_choice": gettext_lazy("We do not know «%(detail)s» here. See which words may be used, where you choose the file."),
    "not_a_municipality": gettext_lazy("There is no municipality called «%(detail)s». Write its name or its four figures."),
    "not_yes_or_no": gettext_lazy("«%(detail)s» should be yes or no."),
    "not_an_address": gettext_lazy("«%(detail)s» is not an address. Begin it with https://"),
    "too_many_parts": gettext_lazy("There are more than %(detail)s parts in one cell. Check the marks between them."),
    "not_here": gettext_lazy("There is no «%(detail)s» in the forum. Leave the cell empty, or copy the id once more."),
    # of a row
    "said_twice": gettext_lazy("The same stands in row %(detail)s too. Take one of them away, or give each its own id."),
    "row_too_long": gettext_lazy("The row has more cells than the headings. Check for a stray separator."),
    "cell_too_long": gettext_lazy("A cell in the row is too long. Check for a quotation mark that is never closed."),
    # of the whole file
    "empty": gettext_lazy("The file is empty. Choose one with a row of headings and rows under it."),
    "no_rows": gettext_lazy("There are headings but no rows under them."),
    "no_column": gettext_lazy("No column is «%(detail)s». The first row must be headings."),
    "same_column_twice": gettext_lazy("Two columns mean the same: «%(detail)s». Take one of them away."),
    "too_big": gettext_lazy("The file is larger than %(detail)s MB. Part it in two."),
    "too_many_rows": gettext_lazy("There are more than %(detail)s rows. Part the file in two."),
    "too_many_columns": gettext_lazy("There are more than %(detail)s columns. Is it the right sheet?"),
    "not_text": gettext_lazy("The file is not a table we can read. Save it as CSV (UTF-8) or XLSX and choose it again."),
    "open_quote": gettext_lazy("A quotation mark is never closed, so the file may be cut off. Save it again, or close the mark in row %(detail)s."),
    "cut_off": gettext_lazy("The file ends in the middle of row %(detail)s, so it may be cut off. Save it again."),
    "not_xlsx": gettext_lazy("The file is named .xlsx but is not a workbook. Save it again as XLSX, or as CSV."),
    "old_excel": gettext_lazy("This is an old Excel file (.xls). Open it and save it as XLSX or CSV."),
    "unreadable_xlsx": gettext_lazy("The workbook cannot be opened: it is broken, locked or too large. Save it again, or as CSV."),
    "not_a_goal": gettext_lazy("Line %(detail)s is not a competence goal. Is it Udir's file, and whole?"),
    "no_goals": gettext_lazy("There are no competence goals in the file."),
    "no_courses": gettext_lazy("There is no course in the file: neither schema.org's Course nor ELM's LearningOpportunity."),
    "not_json": gettext_lazy("The file is not JSON we can read. It may be cut off."),
    "not_rdf": gettext_lazy("The file is not Turtle, RDF/XML or JSON-LD we can read. It may be cut off."),
    "missing_property": gettext_lazy("«%(detail)s» is missing. Ask whoever made the file."),
    "cut_or_other": gettext_lazy("The file cannot be read. It may be cut off, or be a file of another kind."),
    "not_found": gettext_lazy("There is no file called «%(detail)s»."),
    "gone": gettext_lazy("The file is gone from the server. Choose it again."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Row 0 is the whole file. The row number is the one a spreadsheet shows, headings being row 1."""

    row: int
    column: str
    code: str
    detail: str = ""

    @property
    def text(self) -> str:
        return str(_TEXTS[self.code]) % {"detail": self.detail}

    @property
    def where(self) -> str:
        """`Rad 4, kolonnen «Pris»`."""
        if not self.row:
            return _("The file")
        if not self.column:
            return _("Row %(row)s") % {"row": self.row}
        return _("Row %(row)s, column «%(column)s»") % {"row": self.row, "column": self.column}


class CellError(Exception):
    """Code and detail of a Problem, before its row and column are known."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = str(detail)[:80]


class TableError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, code: str, detail: str = "", *, row: int = 0) -> None:
        super().__init__(code, detail)
        self.problem = Problem(row=row, column="", code=code, detail=detail)
