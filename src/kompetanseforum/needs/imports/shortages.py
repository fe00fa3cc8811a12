"""NAV's table of shortages, sent from a page: the column of the forum's own county, whatever else stands in it."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.bringing import Given, Item, Line, Outcome, Progress
from kompetanseforum.core.tables import Problem, TableError, plain_name
from kompetanseforum.core.text import grouped
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.actions import import_shortages
from kompetanseforum.needs.imports.statistics import GZIP_MAGIC, ShortageRow, StatisticsFileError, shortages_in
from kompetanseforum.needs.queries.shortages import known_shortages

SOURCE = "nav"
_MOST_UNPACKED = 50 * 1024 * 1024
# Headings are written without our letters.
_LETTERS = str.maketrans({"ø": "o", "å": "a", "æ": "a"})


@dataclass(frozen=True, slots=True)
class ShortageReading:
    county: str
    found: Sequence[ShortageRow]

    @property
    def rows(self) -> int:
        return len(self.found)

    @property
    def problems(self) -> Sequence[Problem]:
        return ()

    @property
    def unknown(self) -> Sequence[str]:
        return ()

    def mark_missing(self) -> int:
        return 0

    def lines(self) -> list[Line]:
        return [
            Line(row=0, title=row.occupation_name, note=f"{row.year}: {grouped(row.people)}", outcome=outcome)
            for row, outcome, _before in self._compared()
        ]

    def listen(self, progress: Progress) -> None:
        """Numbers say nothing."""

    def bring(self, *, by: Ref | None, progress: Progress) -> list[Item]:
        compared = self._compared()
        import_shortages(
            source=SOURCE,
            county=self.county,
            rows=((row.year, row.occupation_code, row.occupation_name, row.people) for row in self.found),
        )
        return [
            Item(
                row=0,
                thing=Ref("shortage", f"{self.county}-{row.year}-{row.occupation_code}"),
                outcome=outcome,
                said={} if before is None else {"before": str(before)},
                version=row.people,
            )
            for row, outcome, before in compared
        ]

    def _compared(self) -> list[tuple[ShortageRow, Outcome, int | None]]:
        known = known_shortages(source=SOURCE, county=self.county)
        compared = []
        for row in self.found:
            before = known.get((row.year, row.occupation_code))
            outcome = Outcome.NEW if before is None else Outcome.CHANGED if before != row.people else Outcome.UNCHANGED
            compared.append((row, outcome, before))
        return compared


def read_shortage_table(given: Given) -> ShortageReading:
    """Raises TableError."""
    text = _text(given.content)
    region = this_forum().region
    wanted = plain_name(region).translate(_LETTERS)
    headings = next(csv.reader(io.StringIO(text), delimiter=";"), [])
    county = next((heading for heading in headings if plain_name(heading).translate(_LETTERS) == wanted), None)
    if county is None:
        raise TableError("no_column", region)
    try:
        found = shortages_in(text, county=county)
    except StatisticsFileError as error:
        raise TableError("cut_or_other") from error
    # A line that stands twice counts once, as it stands last.
    distinct = {(row.year, row.occupation_code): row for row in found}
    return ShortageReading(county=county, found=list(distinct.values()))


def _text(content: bytes) -> str:
    try:
        if content.startswith(GZIP_MAGIC):
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(_MOST_UNPACKED + 1)
        if len(content) > _MOST_UNPACKED:
            raise TableError("cut_or_other")
        text = content.decode("utf-8-sig")
        next(csv.reader(io.StringIO(text)), None)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise TableError("cut_or_other") from error
    return text
