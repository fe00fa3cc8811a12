"""Signing in by another service, and linking it to the account one has."""

from __future__ import annotations

import hmac
import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.accounts.actions import IdentityTaken, join, link_identity
from kompetanseforum.accounts.clients import Claims, NotSignedIn, Service, service_called
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import identity_called, person_of, person_with_email
from kompetanseforum.accounts.views.coming_in import Coming, guard, remember, welcome
from kompetanseforum.core import clock
from kompetanseforum.core.http import Request, safe_next
from kompetanseforum.core.outgoing import OutgoingError
from kompetanseforum.core.permissions import public

_GONE = "gone_elsewhere"
# So long may it take to sign in over there.
MOST_SECONDS = 15 * 60


def _service_or_404(provider: str) -> Service:
    service = service_called(provider)
    if service is None:
        raise Http404
    return service


def _redirect_uri(request: Request, provider: str) -> str:
    return request.build_absolute_uri(reverse("accounts:back", kwargs={"provider": provider}))


@public
@require_safe
def go(request: Request, provider: str) -> HttpResponse:
    """A link and not a form: a form may not lead to another site (Content-Security-Policy). It changes nothing here."""
    service = _service_or_404(provider)
    guard(request)
    asked = {name: secrets.token_urlsafe(48) for name in ("state", "nonce", "verifier")}
    try:
        address = service.address(redirect_uri=_redirect_uri(request, provider), **asked)
    except OutgoingError:
        return redirect("accounts:not_signed_in")
    request.session[_GONE] = {
        **asked,
        "provider": provider,
        "next": safe_next(request, "/min-side"),
        "at": int(clock.now().timestamp()),
    }
    return redirect(address)


@public
@require_safe
def back(request: Request, provider: str) -> HttpResponse:
    """Only the browser that left, once, with the state it left with. (The protocol comes back by GET.)"""
    service = _service_or_404(provider)
    guard(request)
    gone = request.session.pop(_GONE, None)
    if not gone or not _is_the_one_who_left(request, gone, provider):
        return redirect("accounts:not_signed_in")
    try:
        claims = service.claims(
            code=request.GET["code"],
            redirect_uri=_redirect_uri(request, provider),
            nonce=gone["nonce"],
            verifier=gone["verifier"],
        )
    except (OutgoingError, NotSignedIn):
        return redirect("accounts:not_signed_in")
    return _known_or_new(request, claims, then=gone["next"])


def _is_the_one_who_left(request: Request, gone: dict[str, str], provider: str) -> bool:
    return (
        gone["provider"] == provider
        and clock.now().timestamp() - float(gone["at"]) <= MOST_SECONDS
        and hmac.compare_digest(request.GET.get("state", ""), gone["state"])
        and bool(request.GET.get("code"))
    )


def _known_or_new(request: Request, claims: Claims, *, then: str) -> HttpResponse:
    """The person signed in, the one who has the key, the one with an address that is verified; else somebody new."""
    person = person_of(request.viewer.person)
    if person is None:
        known = identity_called(claims.provider, claims.subject)
        person = known.person if known else person_with_email(claims.email)
    if person is None and not claims.name:
        who = Coming(
            "", then, is_proved=True, provider=claims.provider, subject=claims.subject, represents=claims.represents
        )
        remember(request, who)
        return redirect("accounts:name")
    person = person or join(name=claims.name, email=claims.email, language=get_language() or "nb")
    return _linked(request, person, claims, then=then)


def _linked(request: Request, person: Person, claims: Claims, *, then: str) -> HttpResponse:
    if not person.is_active:
        return redirect("accounts:not_signed_in")
    try:
        link_identity(person=person, provider=claims.provider, subject=claims.subject, represents=claims.represents)
    except IdentityTaken:
        messages.error(request, _("That sign-in belongs to another account here."))
        return redirect("accounts:my_page")
    return welcome(request, person=person, way=claims.provider, then=then)
