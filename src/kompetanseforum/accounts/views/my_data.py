"""What the forum keeps about the one who is signed in: a copy to take along, and the way to be gone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.accounts.actions import erase_person, sign_out
from kompetanseforum.accounts.forms import EraseForm
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.accounts.views.proving import freshly
from kompetanseforum.core.capability import CannotBeErased, capabilities
from kompetanseforum.core.files import json_response
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires


@requires("accounts.manage_self")
@require_safe
def my_data(request: Request) -> HttpResponse:
    kept = [row for capability in capabilities() for row in capability.personal_data]
    return render(request, "accounts/my_data.html", {"kept": kept})


@requires("accounts.manage_self")
@require_safe
def copy(request: Request) -> HttpResponse:
    """Everything, from every capability that holds something."""
    person = request.viewer.person
    assert person is not None
    given = {one.app: one.personal_copy(person) for one in capabilities() if one.personal_copy}
    response = json_response(given)
    response.headers["Content-Disposition"] = 'attachment; filename="kompetanseforum.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@requires("accounts.manage_self")
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request) -> HttpResponse:
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_gone(request, form):
        messages.success(request, _("You are erased. Thank you for the time you gave."))
        return redirect("/")
    return render(request, "accounts/erase.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _is_gone(request: Request, form: EraseForm) -> bool:
    person = the_person(request.viewer.person)
    try:
        erase_person(person=person, withdraws_voices=form.cleaned_data["voices"] == "withdraw")
    except CannotBeErased as error:
        form.add_error(None, error.words)
        return False
    sign_out(request)
    return True
