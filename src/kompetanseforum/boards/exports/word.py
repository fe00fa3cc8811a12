"""The report of a board as a document to write on in: headings, lists and tables of Word's own kinds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kompetanseforum.boards.queries.ballots import score_word
from kompetanseforum.boards.queries.report import Report, ReportedVote
from kompetanseforum.boards.queries.shown import ShownGroup, ShownNote
from kompetanseforum.core.text import day

_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
# What XML cannot hold, and a browser can send.
_NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: None, 0xFFFF: None}


def report_document(report: Report) -> bytes:
    paper = _Paper(report.board.title)
    paper.heading(report.board.title, level=0)
    paper.quiet(report.board.occasion or day(report.board.made_at))
    _written(paper, report)
    for vote in report.votes:
        _vote(paper, vote)
    _heard(paper, report)
    _became(paper, report)
    _course(paper, report)
    return paper.saved()


class _Paper:
    """Loaded by the process that makes one."""

    def __init__(self, title: str) -> None:
        docx: Any = import_module("docx")  # Any: it has no types
        self._file = docx.Document()
        about = self._file.core_properties
        # What the library puts there of its own would stand as the author.
        about.author, about.comments, about.title = "", "", _xml(title)
        about.language = _LANGUAGES.get(translation.get_language() or "", "nb-NO")
        style: Any = self._file.styles.element
        for default in style.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}lang"):
            default.set(
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val",
                _LANGUAGES.get(translation.get_language() or "", "nb-NO"),
            )

    def heading(self, text: str, *, level: int) -> None:
        self._file.add_heading(_xml(text), level)

    def line(self, text: str) -> None:
        self._file.add_paragraph(_xml(text))

    def quiet(self, text: str) -> None:
        self._file.add_paragraph(_xml(text), style="Subtitle")

    def point(self, text: str, *, is_under: bool = False) -> None:
        self._file.add_paragraph(_xml(text), style="List Bullet 2" if is_under else "List Bullet")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        made = self._file.add_table(rows=1, cols=len(headings), style="Light Grid Accent 1")
        for cell, text in zip(made.rows[0].cells, headings, strict=True):
            cell.text = text
        # Repeated on each sheet, and read as headings by a screen reader.
        properties = made.rows[0]._tr.get_or_add_trPr()
        properties.append(import_module("docx.oxml").OxmlElement("w:tblHeader"))
        for row in rows:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = _xml(text)

    def saved(self) -> bytes:
        file = io.BytesIO()
        self._file.save(file)
        return file.getvalue()


def _xml(text: str) -> str:
    return text.translate(_NOT_IN_XML)


def _written(paper: _Paper, report: Report) -> None:
    if not report.shown.is_text:
        paper.heading(_("What was written"), level=1)
    if report.hidden:
        told = ngettext(
            "%(n)s note is hidden until all are shown.", "%(n)s notes are hidden until all are shown.", report.hidden
        )
        paper.line(told % {"n": report.hidden})
    for column in report.columns:
        paper.heading(column.text, level=1 if report.shown.is_text else 2)
        for entry in column.entries:
            if isinstance(entry, ShownGroup):
                paper.heading(entry.text, level=3)
                for note in entry.notes:
                    _note(paper, note, is_text=report.shown.is_text)
            else:
                _note(paper, entry, is_text=report.shown.is_text)
        for piece in column.pieces:
            if piece.text:
                paper.point(f"{piece.label}: {piece.text}")
        if not column.everything and not report.hidden:
            paper.line(_("Nothing was written here."))


def _note(paper: _Paper, note: ShownNote, *, is_text: bool) -> None:
    if is_text:
        paper.line(note.text)
        return
    who = ", ".join(part for part in (note.name, note.sector_label) if part)
    paper.point(f"{note.text} ({who})" if who else note.text)
    for text in (*note.merged, *note.comment_texts):
        paper.point(text, is_under=True)


def _vote(paper: _Paper, vote: ReportedVote) -> None:
    paper.heading(_("The vote: %(method)s") % {"method": vote.method}, level=1)
    voted = ngettext("%(n)s voted.", "%(n)s voted.", vote.voters) % {"n": vote.voters}
    paper.line(f"{vote.question} {voted}".strip())
    rows = [
        (each.text, each.score, " · ".join(f"{word} {score}" for word, score in each.sectors)) for each in vote.choices
    ]
    paper.table((_("Note or group"), str(score_word(vote.kind)), _("By sector")), rows)
    for each in vote.choices:
        for reason in each.reasons:
            paper.point(f"{each.text}: «{reason}»")
    paper.line(_("A dash: fewer than five from that sector voted, or it could have been worked out from the others."))


def _heard(paper: _Paper, report: Report) -> None:
    paper.heading(_("Who has written"), level=1)
    paper.table((_("Sector"), _("Notes")), [(voice.label, str(voice.notes)) for voice in report.voices])


def _became(paper: _Paper, report: Report) -> None:
    paper.heading(_("What it became"), level=1)
    for one in report.became:
        paper.point(f"{one.kind}: {one.title}")
        for words in one.notes:
            paper.point(f"«{words}»", is_under=True)
    if not report.became:
        paper.line(_("Nothing yet. What comes of it is added here when it does."))


def _course(paper: _Paper, report: Report) -> None:
    if not report.phases:
        return
    paper.heading(_("How the board went"), level=1)
    paper.table((_("Phase"), _("Began"), pgettext("of time", "Minutes")), list(_steps(report)))


def _steps(report: Report) -> Iterator[tuple[str, str, str]]:
    for phase in report.phases:
        began = time_format(timezone.localtime(phase.started_at), "H:i") if phase.started_at else "–"
        yield phase.title, began, "–" if phase.minutes is None else str(phase.minutes)
