"""The page an invitation leads to. Opening it changes nothing; the button does."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.accounts.actions import sign_in
from kompetanseforum.accounts.queries import person_with_email, the_person
from kompetanseforum.accounts.views.coming_in import guard, send_with_a_word
from kompetanseforum.accounts.views.my_page import CONFIRMING
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.actions import InvitationUsedUp, accept, accept_as_newcomer, hash_invitation
from kompetanseforum.forum.forms import WelcomeForm
from kompetanseforum.forum.models import Invitation
from kompetanseforum.forum.queries import invitation_by_hash


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, secret: str) -> HttpResponse:
    guard(request)
    found = invitation_by_hash(hash_invitation(secret))
    if found is None:
        return render(request, "forum/invitation_over.html", status=404)
    # A letter's address that is somebody's already: they sign in first, as always.
    is_known = request.viewer.person is None and person_with_email(found.email) is not None
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and not is_known:
        try:
            if request.viewer.person:
                return _accepts(request, found)
            if form.is_valid():
                return _comes_in(request, found, form)
        except InvitationUsedUp as error:
            raise Http404 from error
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "invitation": found, "is_known": is_known}
    return render(request, "forum/invitation.html", context, status=status)


def _accepts(request: Request, found: Invitation) -> HttpResponse:
    accept(invitation=found, person=the_person(request.viewer.person))
    messages.success(request, _("You are with us."))
    return redirect("accounts:my_page")


def _comes_in(request: Request, found: Invitation, form: WelcomeForm) -> HttpResponse:
    given = form.cleaned_data
    person = accept_as_newcomer(invitation=found, name=given["name"], language=get_language() or "nb")
    sign_in(request, person=person, way="invitation")
    messages.success(request, _("You are with us."))
    if not found.email and given["email"]:
        request.session[CONFIRMING] = given["email"]
        send_with_a_word(request, email=given["email"])
        return redirect("accounts:confirm_email")
    return redirect("accounts:my_page")
