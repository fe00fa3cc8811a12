"""An organisation's page, what it says of itself, and the list of all for the house."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core import clock
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.organisations.actions import Presented, note_contact, present_organisation
from kompetanseforum.organisations.forms import ContactForm, PresentForm
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import (
    all_organisations,
    describe,
    last_contacts,
    name_of,
    organisation_by_id,
    shown_organisation,
    waiting_representations,
)
from kompetanseforum.organisations.rules import (
    may_change_organisation,
    may_join_organisations,
    may_note_contact,
    may_see_own,
)

MOST_LISTED = 50


def organisation_or_404(public_id: str) -> Organisation:
    organisation = organisation_by_id(public_id)
    if organisation is None:
        raise Http404
    return organisation


@requires("organisations.see_all")
@require_safe
def everybody(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:160]
    found = all_organisations(words, most=MOST_LISTED)
    last = last_contacts(found)
    rows = [(one, name_of(one), describe(one), last.get(one.pk)) for one in found]
    waiting = waiting_representations() if request.viewer.is_a("coordinator") else []
    context = {"words": words, "rows": rows, "waiting": waiting}
    return render(request, "organisations/everybody.html", context)


@requires("organisations.see_organisation", of=organisation_or_404)
@require_safe
def organisation(request: Request, organisation: Organisation) -> HttpResponse:
    context = {
        "shown": shown_organisation(organisation, viewer=request.viewer),
        "organisation": organisation,
        "may_change": may_change_organisation(request.viewer, organisation),
        "may_note": may_note_contact(request.viewer, organisation),
        "may_join": may_join_organisations(request.viewer, None),
        "may_ask": may_see_own(request.viewer, None),
    }
    return render(request, "organisations/organisation.html", context)


@requires("organisations.change_organisation", of=organisation_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, organisation: Organisation) -> HttpResponse:
    is_sent = request.method == "POST"
    now = {
        "knows": organisation.knows,
        "wants_to_be_found": organisation.found_since is not None,
        "shares_name": organisation.name_shared_at is not None,
        "departments": "\n".join(one.name for one in organisation.departments.all()),
        "runs_forum": organisation.runs_forum,
    }
    form = PresentForm(
        request.POST if is_sent else None,
        initial=now,
        is_sole_proprietor=organisation.is_sole_proprietor,
        is_by_coordinator=request.viewer.is_a("coordinator"),
    )
    if is_sent and form.is_valid():
        present_organisation(organisation, said=Presented(**form.cleaned_data), by=request.viewer.person)
        messages.success(request, _("Kept."))
        return redirect("organisations:organisation", public_id=organisation.public_id)
    context = {"form": form, "organisation": organisation, "name": name_of(organisation)}
    return render(request, "organisations/change.html", context, status=422 if is_sent else 200)


@requires("organisations.note_contact", of=organisation_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request, organisation: Organisation) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ContactForm(request.POST if is_sent else None, initial={"on": clock.today()})
    by = person_of(request.viewer.person)
    if is_sent and form.is_valid() and by is not None:
        note_contact(organisation=organisation, by=by, **form.cleaned_data)
        messages.success(request, _("Noted. The others of the house see it now."))
        return redirect("organisations:organisation", public_id=organisation.public_id)
    context = {"form": form, "organisation": organisation, "name": name_of(organisation)}
    return render(request, "organisations/contact.html", context, status=422 if is_sent else 200)
