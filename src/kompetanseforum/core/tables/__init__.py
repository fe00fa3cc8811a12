"""Tables that people send, CSV or XLSX: read whatever made them, their columns matched, each fault told by row and column."""

from kompetanseforum.core.tables.columns import Column, Columns, match_columns, plain_name
from kompetanseforum.core.tables.files import MOST_MEGABYTES, MOST_ROWS, Row, is_workbook, table_rows
from kompetanseforum.core.tables.problems import CellError, Problem, TableError
from kompetanseforum.core.tables.reading import Table, TableRow, read_table

__all__ = [
    "MOST_MEGABYTES",
    "MOST_ROWS",
    "CellError",
    "Column",
    "Columns",
    "Problem",
    "Row",
    "Table",
    "TableError",
    "TableRow",
    "is_workbook",
    "match_columns",
    "plain_name",
    "read_table",
    "table_rows",
]
