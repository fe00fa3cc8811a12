"""What can be brought in about needs: a survey, and NAV's estimate of how many people occupations lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.core.bringing import Given, Intake, Item, Line, Outcome, Progress
from kompetanseforum.core.tables import Problem
from kompetanseforum.core.text import grouped
from kompetanseforum.needs.actions.answers import undo_shortages
from kompetanseforum.needs.actions.survey import Heard, bring_voices, undo_voices
from kompetanseforum.needs.imports.columns import COLUMNS
from kompetanseforum.needs.imports.shortages import read_shortage_table
from kompetanseforum.needs.imports.survey import Survey, read_survey
from kompetanseforum.needs.queries.shortages import shortage_of, shortage_titles, undoable_shortages
from kompetanseforum.needs.queries.survey import planned_rows
from kompetanseforum.needs.queries.undoing import undoable_voices, voice_titles

_TELL_EVERY = 50


@dataclass(slots=True)
class SurveyReading:
    """The rows of a survey, read and not yet stored."""

    survey: Survey
    _heard: Heard = field(default_factory=Heard)

    @property
    def rows(self) -> int:
        return self.survey.count

    @property
    def problems(self) -> Sequence[Problem]:
        return self.survey.problems

    @property
    def unknown(self) -> Sequence[str]:
        return self.survey.unknown_headings

    def lines(self) -> list[Line]:
        return [
            Line(row=one.row.number, title=one.row.words, note=one.row.who, outcome=one.outcome)
            for one in planned_rows(self.survey.rows)
        ]

    def mark_missing(self) -> int:
        return 0

    def listen(self, progress: Progress) -> None:
        rows = self.survey.rows
        for begin in range(0, len(rows), _TELL_EVERY):
            progress(begin, 2 * len(rows))
            self._heard.listen((row.words, row.language) for row in rows[begin : begin + _TELL_EVERY])

    def bring(self, *, by: Ref | None, progress: Progress) -> list[Item]:
        done = bring_voices(self.survey.rows, by=by, heard=self._heard, progress=progress)
        return [
            Item(
                row=one.row.number,
                thing=one.voice,
                outcome=one.outcome,
                said=self.survey.whole[one.row.number] if one.outcome != Outcome.UNCHANGED else {},
            )
            for one in done
        ]


def _read_survey(given: Given) -> SurveyReading:
    return SurveyReading(
        read_survey(
            given.content,
            file_name=given.file_name,
            speaker=given.name,
            chosen=given.matching,
            progress=lambda rows: given.progress(rows, 0),
        )
    )


def _counted(number: int) -> str:
    return ngettext("one voice", "%(number)s voices", number) % {"number": grouped(number)}


def _titles(things: Sequence[Ref]) -> list[tuple[str, str]]:
    found = voice_titles([thing.id for thing in things])
    return [(f"«{words}»", reverse("needs:need", kwargs={"public_id": need})) for need, words in found]


SURVEY = Intake(
    key="behov",
    title=_("Needs"),
    lead=_(
        "A survey among firms or members. Words are for members and names are hidden, unless the file says otherwise."
    ),
    files=_("A table, CSV or XLSX: headings first, one row for each answer."),
    counted=_counted,
    read=_read_survey,
    columns=COLUMNS,
    is_table=lambda given: True,
    name_label=_("Whose survey is it?"),
    name_help=_("A union, an association, a chamber of commerce. It speaks for the rows that name no workplace."),
    undoable=undoable_voices,
    undo=undo_voices,
    titles=_titles,
    list_url_name="needs:needs",
)


def _counted_numbers(number: int) -> str:
    return ngettext("one number", "%(number)s numbers", number) % {"number": grouped(number)}


def _shortage_titles(things: Sequence[Ref]) -> list[tuple[str, str]]:
    ids = [shortage_of(Item(row=0, thing=thing, outcome=Outcome.NEW)) for thing in things]
    return [(title, "") for title in shortage_titles(ids)]


SHORTAGES = Intake(
    key="nav",
    title=_("Shortages"),
    lead=_(
        "NAV's estimate of how many people each occupation lacks in the county. It stands beside the voices, never among them."
    ),
    files=_("NAV's table as CSV, packed with gzip or not, with a column for the county."),
    counted=_counted_numbers,
    read=read_shortage_table,
    source=_("NAV"),
    undoable=undoable_shortages,
    undo=undo_shortages,
    titles=_shortage_titles,
)
INTAKES = (SURVEY, SHORTAGES)
