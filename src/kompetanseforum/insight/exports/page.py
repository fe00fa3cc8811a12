"""The report as a page and on paper: what stands in both, and the two as they are kept."""

from __future__ import annotations

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from kompetanseforum.anchoring.views.rows import row_view as anchoring_row
from kompetanseforum.core.paper import NoPaper, as_pdf
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.insight.actions import finish_report, note_progress
from kompetanseforum.insight.exports.lying import lying
from kompetanseforum.insight.exports.sentences import sentences
from kompetanseforum.insight.models import MadeReport, MakingState
from kompetanseforum.insight.queries.report import Period, Report, report_of
from kompetanseforum.results.views.rows import what_came_out

# A page that takes five minutes holds no more of each.
MOST_THREADS, MOST_ROWS = 8, 20


def report_to_read(period: Period) -> Report:
    return report_of(period, most_threads=MOST_THREADS, most_rows=MOST_ROWS)


def shown(report: Report) -> dict[str, object]:
    """The newest of each; the sentences count them all, and lead to the rest."""
    return {
        "report": report,
        "forum": this_forum(),
        "sentences": sentences(report),
        "threads": lying(report.threads),
        "came_out": what_came_out(report.results, report.stopped)[:MOST_ROWS],
        "has_more_out": report.sums.changes + report.sums.stopped > MOST_ROWS,
        "anchorings": [anchoring_row(one) for one in report.anchorings],
        "has_more_anchored": report.sums.anchorings > MOST_ROWS,
    }


def make_report(made: MadeReport) -> None:
    """Count, write the page, draw the paper; begun anew when a worker was stopped half-way."""
    if made.state not in (MakingState.WAITING, MakingState.AT_WORK):
        return
    with translation.override(made.language):
        note_progress(made, done=0)
        context = shown(report_to_read(Period(first=made.first_on, last=made.last_on)))
        note_progress(made, done=1)
        page = render_to_string("insight/_report.html", context)
        note_progress(made, done=2)
        finish_report(made, page=page, stored_as=_kept_paper(made, context))


def _kept_paper(made: MadeReport, context: dict[str, object]) -> str:
    """Where the PDF lies; empty where this machine cannot make one: then the browser prints the page."""
    try:
        # Whoever has the paper has no page round it: an address in it is a whole one.
        page = render_to_string("insight/paper.html", context | {"address": settings.ADDRESS})
        paper = as_pdf(page, style="insight/paper.css")
    except NoPaper:
        return ""
    return default_storage.save(f"insight/{made.public_id}.pdf", ContentFile(paper))


def paper_of(made: MadeReport) -> bytes | None:
    if not made.stored_as:
        return None
    try:
        with default_storage.open(made.stored_as) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None
