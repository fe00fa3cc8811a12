"""The shell of every page, and the first-start link: whoever set the forum up becomes its coordinator."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.accounts.actions import sign_in
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import NOBODY, may, public
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


def shell(request: HttpRequest) -> dict[str, object]:
    """Lazy, so that answers without a page ask the database nothing."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, object]:
    forum = this_forum()
    language = get_language() or settings.LANGUAGE_CODE
    duty = forum.duty_person
    return {
        "name": forum.name,
        "region": forum.region,
        "is_demo": forum.is_demo,
        "navigation": _navigation(request),
        "languages": [(code, name, code == language) for code, name in settings.LANGUAGES],
        "footer_links": _footer(),
        "contact_name": duty.name if duty else "",
        "contact_phone": duty.phone if duty else "",
        "contact_email": duty.email if duty else "",
        "run_by": getattr(forum, f"run_by_{language}", "")
        or _("Run by the county together with working life and education."),
        "attribution": _("This service uses the ESCO classification of the European Commission."),
    }


def _footer() -> list[tuple[str, str]]:
    links = sorted((link for capability in capabilities() for link in capability.footer), key=lambda link: link.order)
    return [(str(link.label), reverse(link.url_name)) for link in links]


def _navigation(request: HttpRequest) -> list[tuple[str, str, bool]]:
    viewer = getattr(request, "viewer", NOBODY)  # an error before the middleware has no viewer
    doors = [door for capability in capabilities() for door in capability.doors]
    open_doors = [door for door in doors if not door.permission or may(viewer, door.permission)]
    addresses = [(str(door.label), reverse(door.url_name)) for door in sorted(open_doors, key=lambda door: door.order)]
    return [(label, url, request.path.startswith(url)) for label, url in addresses]
