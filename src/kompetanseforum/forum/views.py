"""The first-start link: whoever set the forum up becomes its coordinator."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kompetanseforum.accounts.actions import sign_in
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.actions import is_start_secret, take_the_desk
from kompetanseforum.forum.forms import StartForm
from kompetanseforum.forum.queries import this_forum


@public
@require_http_methods(["GET", "POST"])
def start(request: Request, secret: str) -> HttpResponse:
    limit(request.viewer.network, "forum.start", most=10, per_seconds=600)
    if not is_start_secret(secret):
        raise Http404
    forum = this_forum()
    duty = forum.duty_person
    initial = {"name": duty.name, "email": duty.email, "phone": duty.phone} if forum.is_demo and duty else {}
    form = StartForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        person = take_the_desk(secret=secret, **form.cleaned_data)
        if person is None:
            raise Http404
        sign_in(request, person=person)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "forum/start.html", {"form": form}, status=422 if request.method == "POST" else 200)
