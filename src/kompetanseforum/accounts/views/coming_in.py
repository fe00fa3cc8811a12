"""Signing in and joining: an address, a code, and (the first time) a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.accounts.actions import join, link_identity, send_code, sign_in, sign_out, use_code
from kompetanseforum.accounts.actions.codes import CODE_MINUTES
from kompetanseforum.accounts.clients import services
from kompetanseforum.accounts.forms import CodeForm, JoinForm, NameForm, SignInForm
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import person_with_email
from kompetanseforum.core.http import Request, remember_language, safe_next
from kompetanseforum.core.letters import LetterNotSent
from kompetanseforum.core.limits import TooMany, limit
from kompetanseforum.core.permissions import public

_COMING = "coming_in"
_AFTERWARDS = "/min-side"
# On every door that takes a secret, or sends one. Reading pages is not counted: a school is one network.
MOST_REQUESTS, REQUEST_SECONDS = 100, 60


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody on the way in, as their session remembers it between the pages."""

    email: str
    next: str = _AFTERWARDS
    name: str = ""
    is_proved: bool = False
    # Came by another service, which told no name.
    provider: str = ""
    subject: str = ""
    represents: str = ""


def guard(request: Request) -> None:
    """Raise TooMany when the network knocks too often at the doors with secrets."""
    limit(request.viewer.network, "accounts.doors", most=MOST_REQUESTS, per_seconds=REQUEST_SECONDS)


def coming(request: Request) -> Coming | None:
    kept = request.session.get(_COMING)
    return Coming(**kept) if kept else None


def remember(request: Request, who: Coming) -> None:
    request.session[_COMING] = asdict(who)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: Request) -> HttpResponse:
    """The same answer whether anybody here has the address."""
    form = SignInForm(request.POST or None)
    if request.method == "POST":
        guard(request)
        if form.is_valid():
            return _to_the_code(request, Coming(form.cleaned_data["email"], safe_next(request, _AFTERWARDS)))
    context = {"form": form, "next": safe_next(request, _AFTERWARDS), "services": services()}
    return render(request, "accounts/sign_in.html", context, status=422 if request.method == "POST" else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def join_openly(request: Request) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if request.method == "POST":
        guard(request)
        if form.is_valid():
            given = form.cleaned_data
            return _to_the_code(request, Coming(given["email"], safe_next(request, _AFTERWARDS), name=given["name"]))
    context = {"form": form, "next": safe_next(request, _AFTERWARDS)}
    return render(request, "accounts/join.html", context, status=422 if request.method == "POST" else 200)


def _to_the_code(request: Request, who: Coming) -> HttpResponse:
    remember(request, who)
    send_with_a_word(request, email=who.email)
    return redirect("accounts:code")


def send_with_a_word(request: Request, *, email: str) -> None:
    """Send a code; when that cannot be done, say why, and the page for the code says what to do instead."""
    try:
        send_code(email=email, language=get_language() or "nb")
    except TooMany as error:
        minutes = -(-error.wait_seconds // 60)
        messages.info(
            request,
            ngettext(
                "We have sent two letters there in the last hour. Use the newest code, or ask again in a minute.",
                "We have sent two letters there in the last hour. Use the newest code, or ask again in %(n)s minutes.",
                minutes,
            )
            % {"n": minutes},
        )
    except LetterNotSent:
        messages.error(request, _("The letter could not be sent. Try again in a little while, or call us."))


def wrong_code() -> str:
    return _("The code is not right, or too old. Look in the newest letter, or ask for a new one.")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request) -> HttpResponse:
    who = coming(request)
    if who is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        guard(request)
        if form.is_valid():
            if use_code(email=who.email, code=form.cleaned_data["code"], network=request.viewer.network):
                return _proved(request, who)
            form.add_error("code", wrong_code())
    context = {"form": form, "who": who, "minutes": CODE_MINUTES}
    return render(request, "accounts/code.html", context, status=422 if request.method == "POST" else 200)


def _proved(request: Request, who: Coming) -> HttpResponse:
    person = person_with_email(who.email)
    if person is None and not who.name:
        remember(request, Coming(who.email, who.next, is_proved=True))
        return redirect("accounts:name")
    person = person or join(name=who.name, email=who.email, language=get_language() or "nb")
    return welcome(request, person=person, way="code", then=who.next)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: Request) -> HttpResponse:
    """The first time: what others call you."""
    who = coming(request)
    if who is None or not who.is_proved:
        return redirect("accounts:sign_in")
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = join(name=form.cleaned_data["name"], email=who.email, language=get_language() or "nb")
        if who.provider:
            link_identity(person=person, provider=who.provider, subject=who.subject, represents=who.represents)
        return welcome(request, person=person, way=who.provider or "code", then=who.next)
    return render(
        request, "accounts/name.html", {"form": form, "who": who}, status=422 if request.method == "POST" else 200
    )


def welcome(request: Request, *, person: Person, way: str, then: str) -> HttpResponse:
    """Signed in, and on to where one was going, in one's own language."""
    request.session.pop(_COMING, None)
    sign_in(request, person=person, way=way)
    response = redirect(then)
    remember_language(response, person.language)
    return response


@public
@require_POST
def sign_out_here(request: Request) -> HttpResponse:
    sign_out(request)
    return redirect("/")


@public
@require_safe
def not_signed_in(request: Request) -> HttpResponse:
    """Cancelled or refused at another service: what to do instead."""
    return render(request, "accounts/not_signed_in.html")
