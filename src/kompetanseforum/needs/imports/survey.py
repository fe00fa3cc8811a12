"""A survey: each row of a CSV or XLSX file is a voice, and what is wrong with it is told by row and column."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kompetanse.linking import guess_language
from kompetanseforum.codes.queries import MunicipalityCodes
from kompetanseforum.core.tables import CellError, Columns, Problem, TableRow, cells, read_table
from kompetanseforum.core.tables.cells import by_name, choice, choices
from kompetanseforum.core.tables.words import language, level
from kompetanseforum.needs.imports.columns import COLUMNS
from kompetanseforum.needs.models import Form, Horizon
from kompetanseforum.needs.queries.survey import SurveyRow, joinable_ids
from kompetanseforum.organisations.models import Sector, SizeClass

MOST_CHARACTERS = 2000

_horizon = choice(by_name({
    Horizon.NOW: ("nå", "no", "straks", "i år", "haster", "this year"),
    Horizon.SOON: ("snart", "1–3 år", "1-3 år", "om 1–3 år", "in 1-3 years", "innen tre år", "innan tre år", "neste år", "next year"),
    Horizon.LATER: ("senere", "seinare", "etter tre år", "om mer enn tre år", "om meir enn tre år", "lenger fram", "lengre fram"),
}))  # fmt: skip
_forms = choices(by_name({
    Form.EVENING: ("kveld", "på kveld", "på kveldstid", "kveldstid", "kveldskurs", "evenings"),
    Form.DAY: ("dag", "dagtid", "på dagtid", "daytime"),
    Form.AT_WORK: ("på jobb", "på jobben", "på arbeidsplassen", "arbeidsplass", "i bedrift", "workplace"),
    Form.ONLINE: ("nett", "på nett", "nettbasert", "nettkurs", "digitalt", "digital"),
    Form.GATHERINGS: ("samling", "samlinger", "samlingar", "samlingsbasert"),
}))  # fmt: skip
_sector = choice(by_name({
    Sector.BUSINESS: ("næringsliv", "privat", "privat sektor", "bedrift", "private"),
    Sector.EDUCATION: ("utdanning", "skole", "skule"),
    Sector.PUBLIC: ("offentlig", "offentleg", "offentlig sektor", "offentleg sektor", "kommune", "stat"),
    Sector.SOCIAL_PARTNER: ("parten", "partene", "partane", "fagforening", "arbeidsgiverforening", "social partners"),
    Sector.VOLUNTARY: ("frivillig", "frivilligheten", "frivillig sektor", "voluntary"),
    Sector.RESEARCH: ("forskning", "forsking"),
    Sector.STUDENT: ("student", "elev", "lærling"),
}))  # fmt: skip

# Column → SurveyRow's field and how a cell is read.
_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {  # Any: each field has its own type
    "words": ("words", cells.text(MOST_CHARACTERS)),
    "organisation": ("organisation", cells.text(160)),
    "spokesperson": ("spokesperson", cells.text(160)),
    "sources": ("sources", cells.whole_number(1_000_000)),
    "people": ("people", cells.whole_number(100_000)),
    "horizon": ("horizon", _horizon),
    "level": ("level", level),
    "forms": ("forms", _forms),
    "sector": ("sector", _sector),
    "language": ("language", language),
    "words_public": ("words_are_public", cells.yes_or_no),
    "name_public": ("name_is_public", cells.yes_or_no),
    "joins": ("need", cells.text(40)),
}


@dataclass(slots=True)
class Survey:
    """What a file holds: rows that can be stored, what is wrong with the others, headings not understood."""

    rows: list[SurveyRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    whole: dict[int, Mapping[str, str]] = field(default_factory=dict)
    count: int = 0


def read_survey(
    content: bytes,
    *,
    file_name: str,
    speaker: str,
    chosen: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Survey:
    """`speaker` is whose survey it is. Raises TableError when the file as a whole cannot be read."""
    table = read_table(content, file_name=file_name, columns=COLUMNS, chosen=chosen)
    table.columns.raise_if_unusable()
    survey = Survey(unknown_headings=list(table.columns.unknown))
    reader = _Reader(table.columns, speaker=speaker)
    seen: dict[str, int] = {}
    for row in table.rows():
        read, problems = reader.read(row)
        if read and (first := seen.setdefault(read.key, read.number)) != read.number:
            problems.append(Problem(row=row.number, column="", code="said_twice", detail=str(first)))
        survey.problems += problems
        if read and not problems:
            survey.rows.append(read)
            survey.whole[read.number] = row.whole
        if progress and table.count % 500 == 0:
            progress(table.count)
    survey.problems = sorted([*survey.problems, *(table.too_long or ())], key=lambda problem: problem.row)
    survey.count = table.count
    _leave_out_unknown_needs(survey, table.columns)
    return survey


def _leave_out_unknown_needs(survey: Survey, columns: Columns) -> None:
    """A row that would join a need which is not here, or is closed."""
    given = [row.need for row in survey.rows if row.need]
    lost = set(given) - joinable_ids(given) if given else set()
    for row in [row for row in survey.rows if row.need in lost]:
        survey.rows.remove(row)
        survey.problems.append(
            Problem(row=row.number, column=columns.shown("joins"), code="not_here", detail=row.need[:40])
        )


class _Reader:
    """Rows of one survey."""

    def __init__(self, columns: Columns, *, speaker: str) -> None:
        self._columns = columns
        self._speaker = speaker
        self._places = MunicipalityCodes()

    def read(self, row: TableRow) -> tuple[SurveyRow | None, list[Problem]]:
        read: dict[str, Any] = {}  # Any: each field has its own type
        problems = [] if row.said.get("words") else [row.problem(self._columns, "words", "missing")]
        for key, cell in row.said.items():
            try:
                self._read_cell(key, cell, into=read)
            except CellError as error:
                problems.append(row.problem(self._columns, key, error.code, error.detail))
        if problems:
            return None, problems
        if not read.get("organisation") and not read.get("spokesperson"):
            read["spokesperson"] = self._speaker
        read["people"], read["sources"] = max(1, read.get("people", 1)), max(1, read.get("sources", 1))
        read.setdefault("language", guess_language(read["words"]))
        read.setdefault("organisation", "")
        read.setdefault("spokesperson", "")
        return SurveyRow(number=row.number, key=self._key(row.said.get("id", ""), read), **read), []

    def _read_cell(self, key: str, cell: str, *, into: dict[str, Any]) -> None:
        if key == "place":
            if (code := self._places.find(cell)) is None:
                raise CellError("not_a_municipality", cell)
            into["place"] = code
        elif key == "size":
            into["size"] = _size(cell)
        elif key == "id":
            cells.text(80)(cell)
        else:
            name, reader = _READERS[key]
            into[name] = reader(cell)

    def _key(self, given: str, read: Mapping[str, Any]) -> str:
        """The row's own id in this survey, else who said what."""
        said = given or "\n".join((read["organisation"], read["spokesperson"], read["words"]))
        whole = f"{self._speaker.casefold()}\n{bool(given)}\n{said.casefold()}"
        return hashlib.blake2b(whole.encode(), digest_size=20).hexdigest()


def _size(cell: str) -> str:
    """A step of ours, or the number that falls in it."""
    if cell in SizeClass.values:
        return cell
    number = cells.whole_number(10_000_000)(cell)
    steps = ((5, SizeClass.MICRO), (20, SizeClass.SMALL), (100, SizeClass.MEDIUM))
    return next((step for under, step in steps if number < under), SizeClass.LARGE) if number else ""
