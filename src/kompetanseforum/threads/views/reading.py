"""One thread as a drawing beside its list; for coordinators also who tied what, and how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.text import day
from kompetanseforum.threads.actions import untie
from kompetanseforum.threads.forms import TakeBackForm
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import ShownThread, StandingEdge, edge_by_id, names_of_actors, thread_for
from kompetanseforum.threads.rules import may_change_threads
from kompetanseforum.threads.views.drawing import picture_of
from kompetanseforum.threads.views.steps import drawn

TIES_PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie in words: what, how, who said so, when and why."""

    public_id: str
    before: str
    after: str
    relation: str
    said: str
    why: str


@public
@require_safe
def thread(request: Request, thing: str) -> HttpResponse:
    shown = thread_for(_ref_or_404(thing), viewer=request.viewer)
    here = shown.shown_here
    if here is None:
        raise Http404
    steps = drawn(shown)
    context: dict[str, object] = {
        "here": here,
        "rows": steps,
        "picture": picture_of(shown, steps),
        "is_cut": shown.is_cut,
    }
    if may_change_threads(request.viewer, None):
        newest_last = sorted(shown.edges, key=lambda edge: (edge.at, edge.pk))
        page = Paginator(newest_last, TIES_PER_PAGE).get_page(request.GET.get("side"))
        context |= {"ties": tie_rows(list(page), shown), "page": page}
    return render(request, "threads/thread.html", context)


def _ref_or_404(text: str) -> Ref:
    try:
        return Ref.parse(text)
    except ValueError as problem:
        raise Http404 from problem


def tie_rows(edges: Sequence[StandingEdge | Edge], thread: ShownThread) -> list[TieRow]:
    """Of some of the thread's edges: what is the same for all is made once, since a thread may have a thousand."""
    names = names_of_actors([edge.by for edge in edges])
    titles = {one.ref: one.step.title for one in thread.steps if one.step}
    gone, relations = _("Something that is taken away"), _relations()
    return [
        TieRow(
            public_id=edge.public_id,
            before=titles.get(thread.places[edge.upstream], gone),
            after=titles.get(thread.places[edge.downstream], gone),
            relation=relations[Relation(edge.relation)],
            said=", ".join(part for part in (names.get(edge.by, ""), day(edge.at)) if part),
            why=edge.why,
        )
        for edge in edges
    ]


def _relations() -> dict[Relation, str]:
    """How the later one hangs on the earlier one."""
    return {
        Relation.RAISED_IN: pgettext("tie", "Raised there"),
        Relation.BECAME: pgettext("tie", "Came of it"),
        Relation.VOICED_IN: pgettext("tie", "Voiced there"),
        Relation.GATHERED_IN: pgettext("tie", "Gathers it"),
        Relation.ORDERED_BY: pgettext("tie", "Asks education for it"),
        Relation.ANSWERED_BY: pgettext("tie", "Answers it"),
        Relation.TESTED_BY: pgettext("tie", "Tries it"),
        Relation.ANCHORED_BY: pgettext("tie", "Anchors it"),
        Relation.CONTRIBUTED_TO: pgettext("tie", "It contributed to this"),
        Relation.EVIDENCED_BY: pgettext("tie", "Shows it"),
    }


def edge_or_404(public_id: str) -> Edge:
    edge = edge_by_id(public_id)
    if edge is None:
        raise Http404
    return edge


@requires("threads.change_threads", of=edge_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Request, edge: Edge) -> HttpResponse:
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        untie(
            upstream=edge.upstream,
            downstream=edge.downstream,
            relation=Relation(edge.relation),
            by=request.viewer,
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("Taken back."))
        return redirect("threads:thread", thing=str(edge.downstream))
    shown = thread_for(edge.downstream, viewer=request.viewer)
    (tie,) = tie_rows([edge], shown)
    context = {"form": form, "tie": tie, "thing": str(edge.downstream)}
    return render(request, "threads/take_back.html", context, status=422 if request.method == "POST" else 200)
