"""Files read: municipalities, STYRK-08 and SN2007 from CSV, gzipped or not."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from kompetanseforum.codes.actions import (
    CodeRow,
    MunicipalityRow,
    store_industries,
    store_municipalities,
    store_occupation_groups,
)

Problem = Literal["not_found", "damaged", "wrong_encoding", "unknown_columns", "cut_off", "wrong_code"]

_MUNICIPALITY_COLUMNS = ("kommunenummer", "kommunenavn", "fylkesnummer", "fylkesnavn")
_CODE_COLUMNS = ("code", "parentcode", "name")
_MUNICIPALITY = re.compile(r"\d{4}")
_STYRK = re.compile(r"\d{1,4}")
_INDUSTRY = re.compile(r"[A-Z]|\d\d(\.\d{1,3})?")


class CodeFileError(Exception):
    """The file cannot be read as codes. `detail` names the line or column."""

    def __init__(self, code: Problem, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class ImportedCodes:
    what: Literal["municipalities", "occupation_groups", "industries"]
    count: int


def import_codes(file: Path) -> ImportedCodes:
    """Bring in what the file's header and first code say it holds. Raises CodeFileError; then nothing has changed."""
    header, rows = _table(file)
    if all(column in header for column in _MUNICIPALITY_COLUMNS):
        cells = _columns(header, rows, _MUNICIPALITY_COLUMNS, code=_MUNICIPALITY)
        return ImportedCodes("municipalities", store_municipalities(MunicipalityRow(*row) for row in cells))
    if not all(column in header for column in _CODE_COLUMNS):
        raise CodeFileError("unknown_columns", ", ".join(header)[:200])
    # Letters stand at the top of SN2007; STYRK has digits only.
    is_styrk = all(row[header.index("code")].isdigit() for row in rows)
    cells = _columns(header, rows, _CODE_COLUMNS, code=_STYRK if is_styrk else _INDUSTRY)
    codes = [CodeRow(code=code, name=name, parent_code=parent) for code, parent, name in cells]
    if is_styrk:
        return ImportedCodes("occupation_groups", store_occupation_groups(codes))
    return ImportedCodes("industries", store_industries(codes))


def _table(file: Path) -> tuple[list[str], list[list[str]]]:
    try:
        with _opened(file) as stream:
            reader = csv.reader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""), strict=True)
            header = [cell.strip().lower() for cell in next(reader, [])]
            rows = [row for row in reader if row]
    except FileNotFoundError as error:
        raise CodeFileError("not_found", file.name) from error
    except UnicodeDecodeError as error:
        raise CodeFileError("wrong_encoding", file.name) from error
    except EOFError as error:
        raise CodeFileError("cut_off", file.name) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise CodeFileError("damaged", file.name) from error
    except csv.Error as error:
        raise CodeFileError("cut_off", file.name) from error
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise CodeFileError("cut_off", f"{file.name}:{number}")
    if not rows:
        raise CodeFileError("cut_off", file.name)
    return header, rows


def _opened(file: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file, "rb")) if file.name.endswith(".gz") else file.open("rb")


def _columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], wanted: Sequence[str], *, code: re.Pattern[str]
) -> list[list[str]]:
    """The wanted columns of each row; the first of them is the row's code. Raises CodeFileError for a wrong one."""
    places = [header.index(column) for column in wanted]
    cells = [[row[place].strip() for place in places] for row in rows]
    for row in cells:
        if code.fullmatch(row[0]) is None:
            raise CodeFileError("wrong_code", row[0][:40])
    return cells
