"""The list of anchorings, one of them, and the page for somebody's leader."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.queries.leader import leader_page
from kompetanseforum.anchoring.queries.shown import about_of, anchoring_by_id, seen_anchorings, standing
from kompetanseforum.anchoring.rules import may_change_anchoring
from kompetanseforum.anchoring.views.rows import row_view
from kompetanseforum.core.capability import resolve
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.queries import name_of

PER_PAGE = 20


def anchoring_or_404(public_id: str) -> Anchoring:
    anchoring = anchoring_by_id(public_id)
    if anchoring is None:
        raise Http404
    return anchoring


@public
@require_safe
def anchorings(request: Request) -> HttpResponse:
    page = Paginator(seen_anchorings(request.viewer), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": [row_view(one) for one in page],
        "page": page,
        "may_record": request.viewer.person is not None,
    }
    return render(request, "anchoring/anchorings.html", context)


@requires("anchoring.see_anchoring", of=anchoring_or_404)
@require_safe
def anchoring(request: Request, anchoring: Anchoring) -> HttpResponse:
    about = about_of(anchoring)
    may_change = may_change_anchoring(request.viewer, anchoring)
    context = {
        "anchoring": anchoring,
        "ref": ref(anchoring),
        "name": name_of(anchoring.organisation),
        "standing": standing(anchoring),
        "about": resolve(about) if about else None,
        "may_change": may_change,
        "steps": list(anchoring.internal_steps.all()) if may_change else [],
    }
    return render(request, "anchoring/anchoring.html", context)


@requires("anchoring.change_anchoring", of=anchoring_or_404)
@require_safe
def for_leader(request: Request, anchoring: Anchoring) -> HttpResponse:
    """One page, to print or send: why, what, who else, what it costs, and what is asked for."""
    shown = leader_page(anchoring)
    context = {
        "anchoring": anchoring,
        "name": name_of(anchoring.organisation),
        "page": shown,
        "others": [row_view(one) for one in shown.others],
        "steps": list(anchoring.internal_steps.filter(done_on=None)),
    }
    return render(request, "anchoring/for_leader.html", context)
