"""A report to pass on: asked for with one click, made by the worker, then a page that stands and a PDF."""

from __future__ import annotations

from typing import Protocol

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.core.facts import newest_fact
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.insight.actions import ask_for_report, throw_away_old
from kompetanseforum.insight.exports.page import paper_of
from kompetanseforum.insight.forms import PeriodForm
from kompetanseforum.insight.models import MadeReport, MakingState
from kompetanseforum.insight.queries.made import KEPT_DAYS, PARTS, made_by_id, making_of


class Job(Protocol):
    """The job that makes it; urls.py gives it, since views and jobs are strangers."""

    def enqueue(self, public_id: str) -> object: ...


def made_or_404(public_id: str) -> MadeReport:
    made = made_by_id(public_id)
    if made is None:
        raise Http404
    return made


@public
@require_POST
def make(request: Request, job: Job) -> HttpResponse:
    """Open to all, as the report is."""
    limit(request.viewer.network, "insight.make_report", most=20, per_seconds=600)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return render(request, "insight/report.html", {"form": form}, status=422)
    throw_away_old()
    made = ask_for_report(period=form.period(), language=get_language() or "nb", enqueue=job.enqueue)
    return redirect("insight:made", public_id=made.public_id)


@public
@require_safe
def made(request: Request, public_id: str) -> HttpResponse:
    """How far it has come, asked again each second by htmx and by hand without it; then the report itself."""
    made = made_or_404(public_id)
    context: dict[str, object] = {"made": made, "forum": this_forum()}
    if made.state == MakingState.DONE:
        if request.htmx:
            # The whole page, not its content inside this one.
            return HttpResponse(headers={"HX-Redirect": reverse("insight:made", kwargs={"public_id": public_id})})
        return render(request, "insight/made.html", context | _as_it_stood(made))
    labels = (_("Counting what was asked and what came of it"), _("Writing the page"), _("Drawing the PDF"))
    making = making_of(made)
    context |= {"making": making, "parts": PARTS, "label": labels[min(making.done, PARTS - 1)]}
    return render(request, "insight/_making.html" if request.htmx else "insight/making.html", context)


def _as_it_stood(made: MadeReport) -> dict[str, object]:
    return {
        "page": mark_safe(made.page),  # noqa: S308 our own templates made it
        "kept_days": KEPT_DAYS,
        "is_older": newest_fact() != made.newest_fact,
    }


@public
@require_safe
def paper(request: Request, public_id: str) -> HttpResponse:
    """As PDF; where there is none, the page, which the browser prints."""
    made = made_or_404(public_id)
    content = paper_of(made)
    if content is None:
        return redirect("insight:made", public_id=public_id)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"rapport-{made.first_on}-{made.last_on}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
