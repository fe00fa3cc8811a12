"""For whom one speaks: asking to, confirming, ending."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import requires
from kompetanseforum.organisations.actions import (
    ask_to_represent,
    confirm_representation,
    end_representation,
    find_or_add_organisation,
)
from kompetanseforum.organisations.forms import RepresentForm, WorkplaceForm
from kompetanseforum.organisations.models import Representation
from kompetanseforum.organisations.queries import (
    departments_of,
    name_of,
    representation_by_id,
    representations_of,
)
from kompetanseforum.organisations.rules import may_see_organisation
from kompetanseforum.organisations.views.pages import organisation_or_404


def representation_or_404(public_id: str) -> Representation:
    representation = representation_by_id(public_id)
    if representation is None:
        raise Http404
    return representation


@requires("organisations.see_own")
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Request) -> HttpResponse:
    """For whom I speak; and where do you work?"""
    is_sent = request.method == "POST"
    form = WorkplaceForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        limit(request.viewer.network, "organisations.represent", most=20, per_seconds=3600)
        chosen = find_or_add_organisation(name=form.cleaned_data["organisation"])
        return redirect("organisations:represent", public_id=chosen.public_id)
    rows = [(one, name_of(one.organisation)) for one in representations_of(request.viewer.person)]
    return render(request, "organisations/mine.html", {"form": form, "rows": rows}, status=422 if is_sent else 200)


@requires("organisations.see_own")
@require_http_methods(["GET", "HEAD", "POST"])
def represent(request: Request, public_id: str) -> HttpResponse:
    """I speak for this one. What is typed of it before is not shown: it may not want to be found."""
    organisation, person = organisation_or_404(public_id), person_of(request.viewer.person)
    if person is None:
        raise Http404
    own = next((one for one in representations_of(request.viewer.person) if one.organisation == organisation), None)
    is_seen = may_see_organisation(request.viewer, organisation)
    is_sent = request.method == "POST"
    form = RepresentForm(
        request.POST if is_sent else None,
        departments=departments_of(organisation) if is_seen else [],
        initial={
            "wants_to_be_shown": bool(own and own.shown_since),
            "department": own.department.public_id if own and own.department else "",
            "is_spokesperson": bool(own and own.is_spokesperson),
            "consent_from": own.consent_from if own else "",
        },
    )
    if is_sent and form.is_valid():
        given = form.cleaned_data
        ask_to_represent(
            person=person,
            organisation=organisation,
            department=form.chosen_department,
            is_spokesperson=given["is_spokesperson"],
            consent_from=given["consent_from"],
            wants_to_be_shown=given["wants_to_be_shown"],
        )
        messages.success(
            request, _("Kept.") if own else _("Sent. Somebody who knows you there, or we, will confirm it.")
        )
        return redirect("organisations:mine")
    context = {"form": form, "organisation": organisation, "name": name_of(organisation), "own": own}
    return render(request, "organisations/represent.html", context, status=422 if is_sent else 200)


@requires("organisations.confirm_representation", of=representation_or_404)
@require_POST
def confirm(request: Request, representation: Representation) -> HttpResponse:
    by = person_of(request.viewer.person)
    if by is None:
        raise Http404
    confirm_representation(representation, by=by)
    messages.success(request, _("%(name)s speaks for them now.") % {"name": representation.person.name})
    return redirect("organisations:organisation", public_id=representation.organisation.public_id)


@requires("organisations.end_representation", of=representation_or_404)
@require_POST
def end(request: Request, representation: Representation) -> HttpResponse:
    end_representation(representation, by=request.viewer.person)
    messages.success(request, _("%(name)s no longer speaks for them.") % {"name": representation.person.name})
    if may_see_organisation(request.viewer, representation.organisation):
        return redirect("organisations:organisation", public_id=representation.organisation.public_id)
    return redirect("organisations:mine")
