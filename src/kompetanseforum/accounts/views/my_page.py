"""My page: what one has said, follows and is waited for with; and settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.accounts.actions import (
    EmailTaken,
    change_profile,
    confirm_email,
    use_code,
)
from kompetanseforum.accounts.actions.codes import CODE_MINUTES
from kompetanseforum.accounts.clients import services
from kompetanseforum.accounts.forms import CodeForm, ProfileForm, SignInForm
from kompetanseforum.accounts.models import Notices
from kompetanseforum.accounts.queries import identities_of, the_person
from kompetanseforum.accounts.views.coming_in import guard, send_with_a_word, wrong_code
from kompetanseforum.accounts.views.proving import freshly
from kompetanseforum.core.http import Request, remember_language
from kompetanseforum.core.permissions import requires

# The address that is to be confirmed, in the session.
CONFIRMING = "confirming_email"
# Where one was on the way to when it was asked for; else my page.
AFTERWARDS = "after_confirming"


@requires("accounts.manage_self")
@require_safe
def my_page(request: Request) -> HttpResponse:
    person = the_person(request.viewer.person)
    context = {"person": person, "services": services(), "linked": {one.provider for one in identities_of(person)}}
    return render(request, "accounts/my_page.html", context)


@requires("accounts.manage_self")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    person = the_person(request.viewer.person)
    start = {field: getattr(person, field) for field in ("name", "phone", "language", "notices")}
    form = ProfileForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        change_profile(
            person=person,
            name=given["name"],
            phone=given["phone"],
            language=given["language"],
            notices=Notices(given["notices"]),
        )
        messages.success(request, _("Changed."))
        response = redirect("accounts:my_page")
        remember_language(response, given["language"])
        return response
    context = {"form": form, "person": person}
    return render(request, "accounts/profile.html", context, status=422 if request.method == "POST" else 200)


@requires("accounts.manage_self")
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: Request) -> HttpResponse:
    """Another address; it counts when the code that goes there has come back."""
    form = SignInForm(request.POST or None, initial={"email": the_person(request.viewer.person).email})
    if request.method == "POST":
        guard(request)
        if form.is_valid():
            request.session[CONFIRMING] = form.cleaned_data["email"]
            send_with_a_word(request, email=form.cleaned_data["email"])
            return redirect("accounts:confirm_email")
    return render(request, "accounts/email.html", {"form": form}, status=422 if request.method == "POST" else 200)


@requires("accounts.manage_self")
@require_http_methods(["GET", "HEAD", "POST"])
def email_code(request: Request) -> HttpResponse:
    address = request.session.get(CONFIRMING)
    if not address:
        return redirect("accounts:email")
    then = request.session.get(AFTERWARDS, reverse("accounts:my_page"))
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        guard(request)
        if form.is_valid() and _is_confirmed(request, form, address):
            del request.session[CONFIRMING]
            request.session.pop(AFTERWARDS, None)
            messages.success(request, _("The address is yours. You can sign in with it anywhere."))
            return redirect(then)
    context = {"form": form, "email": address, "minutes": CODE_MINUTES, "then": then}
    return render(request, "accounts/email_code.html", context, status=422 if request.method == "POST" else 200)


def _is_confirmed(request: Request, form: CodeForm, address: str) -> bool:
    if not use_code(email=address, code=form.cleaned_data["code"], network=request.viewer.network):
        form.add_error("code", wrong_code())
        return False
    try:
        confirm_email(person=the_person(request.viewer.person), email=address)
    except EmailTaken:
        form.add_error(
            "code", _("Another account has this address. Sign out, and sign in with it, to use that account.")
        )
        return False
    return True
