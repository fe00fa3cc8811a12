"""What came out of it in a period: a page to read in five minutes as it stands now, and the same as data."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.files import json_response
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.insight.exports.data import report_data
from kompetanseforum.insight.exports.page import report_to_read, shown
from kompetanseforum.insight.forms import PeriodForm
from kompetanseforum.insight.queries.report import Period, last_half_year, report_of


def _form(request: Request) -> PeriodForm:
    half = last_half_year()
    return PeriodForm(request.GET if {"fra", "til"} & set(request.GET) else {"fra": half.first, "til": half.last})


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The report as it stands on the page: it reads the same to all, so it is drawn once."""

    period: Period
    is_empty: bool
    page: str


def _report(form: PeriodForm) -> _Drawn:
    period = form.period()
    question = f"insight.report:{period.first}:{period.last}:{get_language()}"
    return until_next_fact(question, lambda: _drawn(period))


def _drawn(period: Period) -> _Drawn:
    report = report_to_read(period)
    page = "" if report.is_empty else render_to_string("insight/_report.html", shown(report))
    return _Drawn(period, report.is_empty, page)


def _query(period: Period) -> str:
    return urlencode({"fra": str(period.first), "til": str(period.last)})


@public
@require_safe
def report(request: Request) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "insight/report.html", {"form": form}, status=422)
    context = {"form": form, "query": _query(form.period()), "forum": this_forum(), "report": _report(form)}
    return render(request, "insight/report.html", context)


@public
@require_safe
def as_data(request: Request) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return json_response({"errors": form.errors.get_json_data()}, status=422)
    return json_response(report_data(report_of(form.period())))
