"""Who takes part in a period: named by coordinators, with the names of the register."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.views.cycles import cycle_or_404
from kompetanseforum.organisations.actions import take_into_cycle, take_out_of_cycle
from kompetanseforum.organisations.forms import MemberForm
from kompetanseforum.organisations.models import CycleMember
from kompetanseforum.organisations.queries.taking_part import member_by_id, members_of


def member_or_404(public_id: str) -> CycleMember:
    member = member_by_id(public_id)
    if member is None:
        raise Http404
    return member


@requires("forum.change_cycles", of=cycle_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def in_cycle(request: Request, cycle: Cycle) -> HttpResponse:
    is_sent = request.method == "POST"
    form = MemberForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        take_into_cycle(cycle, name=form.cleaned_data["organisation"], by=request.viewer)
        return redirect("organisations:in_cycle", public_id=cycle.public_id)
    context = {"form": form, "cycle": cycle, "members": members_of(cycle, viewer=request.viewer)}
    return render(request, "organisations/in_cycle.html", context, status=422 if is_sent else 200)


@requires("forum.change_cycles", of=member_or_404)
@require_POST
def out_of_cycle(request: Request, member: CycleMember) -> HttpResponse:
    take_out_of_cycle(member, by=request.viewer)
    return redirect("organisations:in_cycle", public_id=member.cycle.public_id)
