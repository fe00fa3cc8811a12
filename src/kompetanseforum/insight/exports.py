"""The report as JSON and as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kompetanseforum.insight.queries.report import Heard, Period, Report
from kompetanseforum.insight.queries.threads import ToldThread
from kompetanseforum.organisations.queries import name_of
from kompetanseforum.results.queries.shown import strength_of


class NoPaper(Exception):
    """WeasyPrint, or what it draws letters with, is not installed here."""


def report_data(report: Report) -> dict[str, object]:
    """What stands on the page, for a program. Below five a number of organisations is null."""
    sums = report.sums
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "sums": {name: getattr(sums, name) for name in sums.__dataclass_fields__},
        "threads": [_thread(thread) for thread in report.threads],
        "results": [
            {
                "id": result.public_id,
                "what": result.what,
                "who": result.who,
                "on": result.on.isoformat(),
                "kind": result.kind,
                "good_for": result.good_for,
                "is_expected": result.is_expected,
                "is_good": result.is_good,
                "contribution": result.contribution,
                "also_because": result.also_because,
                "strength": str(strength_of(result).value),
            }
            for result in report.results
        ],
        "anchorings": [
            {
                "id": one.public_id,
                "organisation": name_of(one.organisation),
                "what": one.what,
                "state": one.state,
                "until": one.until.isoformat() if one.until else None,
                "is_reported": one.is_reported,
            }
            for one in report.anchorings
        ],
        "heard": {
            "sectors": _heard(report.sectors),
            "sizes": _heard(report.sizes),
            "municipalities": _heard(report.places),
        },
    }


def _thread(thread: ToldThread) -> dict[str, object]:
    pilot = thread.pilot
    return {
        "asked": thread.asked.title if thread.asked else None,
        "need": thread.asked.public_id if thread.asked else None,
        "pilot": pilot.public_id,
        "tried": pilot.title,
        "begins_on": pilot.begins_on.isoformat(),
        "decision": pilot.decision or None,
        "decision_why": pilot.decision_why,
        "learnings": [learning.words for learning in pilot.learnings.all()],
        "result": thread.result.public_id if thread.result else None,
    }


def _heard(groups: list[Heard]) -> list[dict[str, object]]:
    return [{"group": group.label, "organisations": group.organisations} for group in groups]


# On paper nothing is fetched, so the letters and lines stand here.
_STYLE = """
@page { size: A4; margin: 18mm 18mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #565f5d; } }
body { font: 10.5pt/1.45 Inter, "DejaVu Sans", sans-serif; color: #212e2b; }
h1 { font-size: 25pt; margin: 0; } h2 { font-size: 14pt; margin: 18pt 0 4pt; break-after: avoid; } h3 { font-size: 10.5pt; margin: 0; }
p { margin: 0 0 4pt; } ul { list-style: none; margin: 0; padding: 0; } li { padding: 5pt 0; border-top: 0.5pt solid #d8dada; break-inside: avoid; }
.quiet { color: #565f5d; font-size: 9.5pt; } .short { font-size: 12pt; } .asked { color: #9d4028; } .answered { color: #1c6578; }
table { border-collapse: collapse; font-size: 9.5pt; width: 100%; } th { text-align: left; font-weight: normal; } td { text-align: right; } th, td { padding: 2pt 0; border-top: 0.5pt solid #d8dada; } thead th { font-weight: 600; border: 0; }
.threads li { display: flex; gap: 10pt; } .threads div { flex: 1; border-top: 1.5pt solid #0b5a6e; padding-top: 3pt; } .threads div.asked-for { border-color: #a5432a; } .threads div.not-yet { border-top-style: dashed; }
"""


def as_pdf(request: HttpRequest, context: Mapping[str, object], *, period: Period) -> HttpResponse:
    """Raises NoPaper. Nothing is fetched while it is made: the style stands beside it."""
    if find_spec("weasyprint") is None:
        raise NoPaper
    try:
        weasyprint = import_module("weasyprint")
    except OSError as error:  # Pango is missing
        raise NoPaper from error
    html = render_to_string("insight/paper.html", dict(context), request=request)
    made = weasyprint.HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(
        stylesheets=[weasyprint.CSS(string=_STYLE)], pdf_variant="pdf/ua-1"
    )
    response = HttpResponse(made, content_type="application/pdf")
    name = f"rapport-{period.first}-{period.last}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _fetch_nothing(url: str) -> dict[str, object]:
    raise ValueError(f"a report fetches nothing: {url}")
