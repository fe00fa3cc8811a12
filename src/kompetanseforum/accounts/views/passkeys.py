"""Passkeys: the browser asks for a question, the key answers it, and the answer comes in a form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.accounts import actions
from kompetanseforum.accounts.actions import WrongPasskey
from kompetanseforum.accounts.forms import PasskeyForm
from kompetanseforum.accounts.models import Passkey
from kompetanseforum.accounts.queries import passkey_by_id, passkeys_of, the_person
from kompetanseforum.accounts.views.coming_in import guard, welcome
from kompetanseforum.accounts.views.proving import freshly
from kompetanseforum.core import clock
from kompetanseforum.core.http import Request, safe_next
from kompetanseforum.core.permissions import MUST_PROVE, may, public, requires

_ASKED = "passkey_asked"
# A question is answered at once, or not at all.
ANSWER_SECONDS = 300


def passkey_or_404(public_id: str) -> Passkey:
    found = passkey_by_id(public_id)
    if found is None:
        raise Http404
    return found


def _origin(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _remember(request: Request, state: Mapping[str, Any]) -> None:
    request.session[_ASKED] = {"state": dict(state), "at": int(clock.now().timestamp())}


def _asked(request: Request) -> Mapping[str, Any]:
    """The question that was put, once. Raises WrongPasskey when there is none, or it is old."""
    asked = request.session.pop(_ASKED, None)
    if not asked or clock.now().timestamp() - asked["at"] > ANSWER_SECONDS:
        raise WrongPasskey
    return dict(asked["state"])


def _answer(request: Request) -> Mapping[str, Any]:
    try:
        answer = json.loads(request.POST.get("credential", ""))
    except ValueError as error:
        raise WrongPasskey from error
    if not isinstance(answer, dict):
        raise WrongPasskey
    return answer


@public
@require_POST
def ask_to_sign_in(request: Request) -> HttpResponse:
    guard(request)
    options, state = actions.begin_signing_in(origin=_origin(request))
    _remember(request, state)
    return JsonResponse(options)


@public
@require_POST
def sign_in_by_passkey(request: Request) -> HttpResponse:
    guard(request)
    try:
        person = actions.use_passkey(state=_asked(request), answer=_answer(request), origin=_origin(request))
    except WrongPasskey:
        messages.error(request, _("We do not know that passkey. Get a code by e-mail instead."))
        return redirect("accounts:sign_in")
    return welcome(request, person=person, way="passkey", then=safe_next(request, "/min-side"))


@requires("accounts.manage_self")
@freshly
@require_safe
def passkeys(request: Request) -> HttpResponse:
    person = the_person(request.viewer.person)
    context = {
        "keys": passkeys_of(person),
        "form": PasskeyForm(),
        "may_add": may(request.viewer, "accounts.add_passkey"),
        "must_prove": request.viewer.is_a(MUST_PROVE),
        "here": request.path,
    }
    return render(request, "accounts/passkeys.html", context)


@requires("accounts.add_passkey")
@require_POST
def ask_to_add(request: Request) -> HttpResponse:
    guard(request)
    options, state = actions.begin_adding(person=the_person(request.viewer.person), origin=_origin(request))
    _remember(request, state)
    return JsonResponse(options)


@requires("accounts.add_passkey")
@freshly
@require_POST
def add(request: Request) -> HttpResponse:
    guard(request)
    form = PasskeyForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        actions.add_passkey(
            person=the_person(request.viewer.person),
            name=name or _("Passkey"),
            state=_asked(request),
            answer=_answer(request),
            origin=_origin(request),
        )
    except WrongPasskey:
        messages.error(request, _("The passkey was not added. Try once more."))
    else:
        messages.success(request, _("Added. Next time you sign in without a code."))
    return redirect("accounts:passkeys")


@requires("accounts.change_passkey", of=passkey_or_404)
@freshly
@require_POST
def remove(request: Request, passkey: Passkey) -> HttpResponse:
    actions.remove_passkey(passkey=passkey, by=request.viewer.person)
    messages.success(request, _("Taken away. It opens nothing here any more."))
    return redirect("accounts:passkeys")
