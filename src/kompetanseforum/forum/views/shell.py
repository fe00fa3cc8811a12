"""The shell of every page: the forum's name, its doors, who is signed in, and whom to call."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kompetanseforum.core.capability import Door, capabilities
from kompetanseforum.core.permissions import NOBODY, may
from kompetanseforum.forum.models import Palette
from kompetanseforum.forum.queries import this_forum


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
        "palette": "" if forum.palette == Palette.GLOMMA else forum.palette,
        "is_demo": forum.is_demo,
        "navigation": _navigation(request),
        "person": _person(request),
        "languages": [(code, name, code == language) for code, name in forum.offered_languages],
        "ways": _links([way for capability in capabilities() for way in capability.ways]),
        "footer_links": _links([link for capability in capabilities() for link in capability.footer]),
        "contact_name": duty.name if duty else "",
        "contact_phone": duty.phone if duty else "",
        "contact_email": duty.email if duty else "",
        "run_by": getattr(forum, f"run_by_{language}", "")
        or _("Run by the county together with working life and education."),
        "attribution": _("This service uses the ESCO classification of the European Commission."),
    }


def _links(doors: list[Door]) -> list[tuple[str, str]]:
    return [(str(door.label), reverse(door.url_name)) for door in sorted(doors, key=lambda door: door.order)]


def _navigation(request: HttpRequest) -> list[tuple[str, str, bool]]:
    viewer = getattr(request, "viewer", NOBODY)  # an error before the middleware has no viewer
    doors = [door for capability in capabilities() for door in capability.doors]
    open_doors = [door for door in doors if not door.permission or may(viewer, door.permission)]
    addresses = [(str(door.label), reverse(door.url_name)) for door in sorted(open_doors, key=lambda door: door.order)]
    return [(label, url, request.path.startswith(url)) for label, url in addresses]


def _person(request: HttpRequest) -> dict[str, object]:
    """The one who is signed in, with the way to their page; else the way in."""
    viewer = getattr(request, "viewer", NOBODY)
    if viewer.person is None:
        is_here = request.path.startswith((reverse("accounts:sign_in"), reverse("accounts:join")))
        return {"name": "", "url": reverse("accounts:sign_in"), "is_current": is_here}
    url = reverse("accounts:my_page")
    return {"name": getattr(request.user, "first_name", ""), "url": url, "is_current": request.path.startswith(url)}
