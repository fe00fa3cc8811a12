"""Somebody says what they can put in, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.briefs.actions import make_pledge, withdraw_pledge
from kompetanseforum.briefs.forms import PledgeForm
from kompetanseforum.briefs.models import Brief, Pledge
from kompetanseforum.briefs.queries.pledging import own_name, own_organisations
from kompetanseforum.briefs.queries.shown import pledge_by_id
from kompetanseforum.briefs.views.reading import brief_or_404
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.organisations.actions import find_or_add_organisation


def pledge_or_404(public_id: str) -> Pledge:
    pledge = pledge_by_id(public_id)
    if pledge is None:
        raise Http404
    return pledge


@requires("briefs.pledge", of=brief_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: Request, brief: Brief) -> HttpResponse:
    own = own_organisations(request.viewer, brief)
    is_posted = request.method == "POST"
    form = PledgeForm(request.POST if is_posted else None, own=own)
    if is_posted and form.is_valid():
        given = form.cleaned_data
        make_pledge(
            brief=brief,
            organisation=form.chosen or find_or_add_organisation(name=given["organisation"]),
            gift=given["gift"],
            words=given["words"],
            name_is_public=given["name_is_public"],
            by=own_name(request.viewer, brief),
            is_reported=not own,
            sending_key=given["sending_key"],
        )
        messages.success(request, _("It stands on the brief now."))
        return redirect("briefs:brief", public_id=brief.public_id)
    context = {"brief": brief, "form": form, "sending_key": request.POST.get("sending_key") or new_sending_key()}
    return render(request, "briefs/pledge.html", context, status=422 if is_posted else 200)


@requires("briefs.withdraw_pledge", of=pledge_or_404)
@require_POST
def withdraw(request: Request, pledge: Pledge) -> HttpResponse:
    withdraw_pledge(pledge=pledge, by=request.viewer.actor)
    messages.success(request, _("It no longer stands on the brief."))
    return redirect("briefs:brief", public_id=pledge.brief.public_id)
