"""The first-start link, and the demo forum's made-up people: ways in without a letter."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.accounts.actions import sign_in
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.views.coming_in import guard, send_with_a_word, welcome
from kompetanseforum.accounts.views.my_page import AFTERWARDS, CONFIRMING
from kompetanseforum.core.http import Request, safe_next
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.actions import is_start_secret, take_the_desk
from kompetanseforum.forum.forms import StartForm
from kompetanseforum.forum.queries import invented_people, this_forum


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, secret: str) -> HttpResponse:
    limit(request.viewer.network, "forum.start", most=10, per_seconds=600)
    if not is_start_secret(secret):
        raise Http404
    forum = this_forum()
    duty = forum.duty_person
    # Not the number: who writes a name of their own over this one would take it along unseen.
    initial = {"name": duty.name, "email": duty.email} if forum.is_demo and duty else {}
    form = StartForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = take_the_desk(secret=secret, name=given["name"], phone=given["phone"])
        if person is None:
            raise Http404
        sign_in(request, person=person, way="start_link")
        return _to_the_desk(request, person, email=given["email"])
    return render(request, "forum/start.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _to_the_desk(request: Request, person: Person, *, email: str) -> HttpResponse:
    """By way of the code, unless the address is known to be theirs: a slip of the pen must not give the desk away."""
    if person.email == email:
        return redirect(settings.LOGIN_REDIRECT_URL)
    request.session[CONFIRMING] = email
    request.session[AFTERWARDS] = settings.LOGIN_REDIRECT_URL
    send_with_a_word(request, email=email)
    return redirect("accounts:confirm_email")


@public
@require_POST
def try_as(request: Request) -> HttpResponse:
    """On a demo forum anybody may be one of the people we made up; elsewhere there are none."""
    guard(request)
    chosen = next((one for one in invented_people() if one.public_id == request.POST.get("person")), None)
    if chosen is None:
        raise Http404
    return welcome(request, person=chosen, way="demo", then=safe_next(request, "/min-side"))
