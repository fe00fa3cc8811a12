"""The list of briefs, one brief, and the brief as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.briefs.exports import as_paper, as_plain
from kompetanseforum.briefs.models import Brief
from kompetanseforum.briefs.queries.shown import brief_by_id, find_briefs, pledges_of, show_answers, shown_brief
from kompetanseforum.briefs.rules import may_change_brief, may_make_brief, may_pledge, may_send_brief
from kompetanseforum.briefs.views.rows import row_view
from kompetanseforum.core.http import Request
from kompetanseforum.core.paper import can_make_pdf
from kompetanseforum.core.permissions import public, requires

PER_PAGE = 20


def brief_or_404(public_id: str) -> Brief:
    brief = brief_by_id(public_id)
    if brief is None:
        raise Http404
    return brief


@public
@require_safe
def briefs(request: Request) -> HttpResponse:
    page = Paginator(find_briefs(viewer=request.viewer), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": [row_view(brief) for brief in page],
        "page": page,
        "more": min(PER_PAGE, page.paginator.count - page.end_index()),
        "more_url": f"?side={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?side={page.previous_page_number()}" if page.has_previous() else "",
        "may_make": may_make_brief(request.viewer, None),
    }
    return render(request, "briefs/briefs.html", context)


@requires("briefs.see_brief", of=brief_or_404)
@require_safe
def brief(request: Request, brief: Brief) -> HttpResponse:
    answers = show_answers(brief, viewer=request.viewer)
    link = {"public_id": brief.public_id}
    context = {
        "brief": brief,
        "shown": shown_brief(brief, language=request.LANGUAGE_CODE),
        "answers": answers,
        "to_answer": next((one for one in answers if one.may_answer and not one.answer), None),
        "pledges": pledges_of(brief, viewer=request.viewer),
        "may_change": may_change_brief(request.viewer, brief),
        "may_send": may_send_brief(request.viewer, brief),
        "may_pledge": may_pledge(request.viewer, brief),
        "address": request.build_absolute_uri("/").rstrip("/"),
        "json_url": reverse("briefs:json", kwargs=link),
        "pdf_url": reverse("briefs:pdf", kwargs=link) if can_make_pdf() else "",
    }
    return render(request, "briefs/brief.html", context)


@requires("briefs.see_brief", of=brief_or_404)
@require_safe
def as_json(request: Request, brief: Brief) -> HttpResponse:
    """What is public of it, for other systems."""
    response = JsonResponse(as_plain(brief), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{_("brief")}-{brief.public_id}.json"'
    return response


@requires("briefs.see_brief", of=brief_or_404)
@require_safe
def pdf(request: Request, brief: Brief) -> HttpResponse:
    """For a meeting on paper. 404 on a machine that cannot make PDF; the page itself can be printed there."""
    if not can_make_pdf():
        raise Http404
    shown = shown_brief(brief, language=request.LANGUAGE_CODE)
    context = {"brief": brief, "shown": shown, "pledges": pledges_of(brief, viewer=request.viewer)}
    response = HttpResponse(as_paper(context), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("brief")}-{brief.public_id}.pdf"'
    return response
