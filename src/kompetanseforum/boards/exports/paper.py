"""The report of a board on paper."""

from __future__ import annotations

from django.template.loader import render_to_string

from kompetanseforum.boards.queries.report import Report
from kompetanseforum.core.paper import as_pdf


def report_paper(report: Report) -> bytes:
    """Raises NoPaper."""
    context = {"report": report, "board": report.board, "is_paper": True}
    return as_pdf(render_to_string("boards/report_paper.html", context), style="boards/report_paper.css")
