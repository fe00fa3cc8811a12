"""What came out of it: the list, and one result with all that stands behind it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.organisations.queries import name_of
from kompetanseforum.pilots.models import Decision
from kompetanseforum.pilots.queries.shown import all_pilots
from kompetanseforum.results.models import Result
from kompetanseforum.results.queries.origins import came_from
from kompetanseforum.results.queries.shown import (
    came_out,
    came_out_rows,
    good_for,
    result_by_id,
    standing,
    strength_of,
    strengths_of_all,
    waiting_results,
)
from kompetanseforum.results.rules import has_origin, may_change_result, may_publish_result, may_record_result
from kompetanseforum.results.views.rows import counted, result_row, what_came_out

PER_PAGE = 20


def result_or_404(public_id: str) -> Result:
    result = result_by_id(public_id)
    if result is None:
        raise Http404
    return result


@public
@require_safe
@same_page_for_strangers
def results(request: Request) -> HttpResponse:
    chosen = request.GET.get("vis", "")
    found = came_out(with_results=chosen != "stoppet", with_stopped=chosen != "endret")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "page": page,
        "rows": what_came_out(*came_out_rows(list(page))),
        "chosen": chosen,
        "options": [
            (_("All"), "?", chosen not in ("endret", "stoppet")),
            (_("Changed"), "?vis=endret", chosen == "endret"),
            (_("Stopped, with what we learnt"), "?vis=stoppet", chosen == "stoppet"),
        ],
        "sentence": until_next_fact(f"results.sentence:{get_language()}", _sentence),
        "waiting": [result_row(result) for result in waiting_results(request.viewer)],
        "may_record": may_record_result(request.viewer, None),
    }
    return render(request, "results/results.html", context)


def _sentence() -> str:
    return counted(strengths_of_all(), stopped=all_pilots(Decision.STOP).count())


@requires("results.see_result", of=result_or_404)
@require_safe
@same_page_for_strangers
def result(request: Request, result: Result) -> HttpResponse:
    may_change = may_change_result(request.viewer, result)
    replies = [one for one in result.confirmations.all() if may_change or one.replied_at]
    context = {
        "result": result,
        "ref": ref(result),
        "name": name_of(result.organisation) if result.organisation else "",
        "standing": standing(result),
        "strength": strength_of(result),
        "good_for": good_for(result),
        "evidence": list(result.evidence.all()),
        "replies": [one for one in replies if one.replied_at],
        "asked": [one for one in replies if not one.replied_at],
        "has_origin": result.published_at is not None or has_origin(came_from(ref(result))),
        "may_change": may_change,
        "may_publish": may_publish_result(request.viewer, result),
    }
    return render(request, "results/result.html", context)
