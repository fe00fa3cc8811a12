"""What came out of it in a period: a page to read in five minutes, the same as a file and on paper."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kompetanseforum.anchoring.views.rows import row_view as anchoring_row
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.files import json_response
from kompetanseforum.core.http import Request
from kompetanseforum.core.paper import NoPaper
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.insight import exports
from kompetanseforum.insight.exports import report_data
from kompetanseforum.insight.forms import PeriodForm
from kompetanseforum.insight.queries.report import Period, Report, last_half_year, report_of
from kompetanseforum.insight.views.lying import lying
from kompetanseforum.insight.views.sentences import sentences
from kompetanseforum.results.views.rows import what_came_out

# A page that takes five minutes holds no more of each.
MOST_THREADS, MOST_ROWS = 8, 20


def _form(request: Request) -> PeriodForm:
    half = last_half_year()
    return PeriodForm(request.GET if {"fra", "til"} & set(request.GET) else {"fra": half.first, "til": half.last})


def _report(form: PeriodForm) -> Report:
    period = form.period()
    question = f"insight.report:{period.first}:{period.last}:{get_language()}"
    return until_next_fact(question, lambda: report_of(period, most_threads=MOST_THREADS))


def _query(period: Period) -> str:
    return urlencode({"fra": str(period.first), "til": str(period.last)})


def _shown(report: Report) -> dict[str, object]:
    """The newest of each; the sentences count them all, and lead to the rest."""
    changed, stopped = report.results[:MOST_ROWS], report.stopped[:MOST_ROWS]
    return {
        "report": report,
        "forum": this_forum(),
        "sentences": sentences(report),
        "threads": lying(report.threads),
        "came_out": what_came_out(changed, stopped)[:MOST_ROWS],
        "has_more_out": len(report.results) + len(report.stopped) > MOST_ROWS,
        "anchorings": [anchoring_row(one) for one in report.anchorings[:MOST_ROWS]],
        "has_more_anchored": len(report.anchorings) > MOST_ROWS,
        "groups": report.sectors,
    }


@public
@require_safe
def report(request: Request) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "insight/report.html", {"form": form}, status=422)
    context = {"form": form, "query": _query(form.period())}
    return render(request, "insight/report.html", context | _shown(_report(form)))


@public
@require_safe
def as_data(request: Request) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return json_response({"errors": form.errors.get_json_data()}, status=422)
    return json_response(report_data(report_of(form.period())))


@public
@require_safe
def as_paper(request: Request) -> HttpResponseBase:
    """As PDF; where the forum cannot make one, the page itself, which the browser prints."""
    form = _form(request)
    if not form.is_valid():
        return redirect("insight:report")
    try:
        return exports.as_paper(request, _shown(_report(form)), period=form.period())
    except NoPaper:
        return redirect(f"{reverse('insight:report')}?{_query(form.period())}")
