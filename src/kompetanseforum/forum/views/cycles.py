"""The forum's periods: open to all to read, started and ended by coordinators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.forum.actions import change_cycle, end_cycle, start_cycle
from kompetanseforum.forum.forms import CycleForm
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import cycle_by_id, cycles, open_cycle
from kompetanseforum.forum.rules import may_change_cycles


@public
@require_safe
def all_cycles(request: Request) -> HttpResponse:
    context = {"cycles": cycles(), "may_change": may_change_cycles(request.viewer, None)}
    return render(request, "forum/cycles.html", context)


def cycle_or_404(public_id: str) -> Cycle:
    cycle = cycle_by_id(public_id)
    if cycle is None:
        raise Http404
    return cycle


@public
@require_safe
def cycle(request: Request, public_id: str) -> HttpResponse:
    context = {"cycle": cycle_or_404(public_id), "may_change": may_change_cycles(request.viewer, None)}
    return render(request, "forum/cycle.html", context)


@requires("forum.change_cycles")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    before = open_cycle()
    form = CycleForm.after(before, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = start_cycle(period=form.period(), by=request.viewer)
        return redirect("forum:cycle", public_id=made.public_id)
    context = {"form": form, "before": before}
    return render(request, "forum/change_cycle.html", context, status=422 if request.method == "POST" else 200)


@requires("forum.change_cycles", of=cycle_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, cycle: Cycle) -> HttpResponse:
    form = CycleForm.of(cycle, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_cycle(cycle, period=form.period(), by=request.viewer)
        messages.success(request, _("Changed."))
        return redirect("forum:cycle", public_id=cycle.public_id)
    context = {"form": form, "cycle": cycle}
    return render(request, "forum/change_cycle.html", context, status=422 if request.method == "POST" else 200)


@requires("forum.change_cycles", of=cycle_or_404)
@require_POST
def end(request: Request, cycle: Cycle) -> HttpResponse:
    end_cycle(cycle, by=request.viewer)
    messages.success(request, _("The period has ended. Write what came of it."))
    return redirect("forum:change_cycle", public_id=cycle.public_id)
