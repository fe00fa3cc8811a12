"""Around every view: which language, who asks, and what browsers and caches may do with the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.counted import has_written, one_page
from kompetanseforum.core.held import followed_by, held_by
from kompetanseforum.core.limits import TooMany, network_of
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.problems import is_for_programs
from kompetanseforum.core.views import too_many

GetResponse = Callable[[HttpRequest], HttpResponse]

_LANGUAGES = {code for code, _ in settings.LANGUAGES}


def chosen_language(request: HttpRequest) -> str:
    """The one chosen before; else nynorsk for a browser that asks for it first of the Norwegian ones; else bokmål.

    English only by choice: a browser in English is common here and says nothing about its reader. A program
    chooses in the address.
    """
    if is_for_programs(request) and (asked := request.GET.get("lang", "")) in _LANGUAGES:
        return asked
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in _LANGUAGES:
        return cookie
    for part in request.headers.get("Accept-Language", "").split(","):
        wanted = part.split(";")[0].strip().lower()[:2]
        if wanted in ("nb", "nn", "no"):
            return "nn" if wanted == "nn" else "nb"
    return settings.LANGUAGE_CODE


def language(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def viewer(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        # No browser writes it, and PostgreSQL has no text with it: told once, rather than at each search.
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a NUL in the address")
        who = Viewer(network=network_of(request), holds=held_by(request), follows=followed_by(request))
        for capability in capabilities():
            if capability.recognise:
                who = capability.recognise(request, who)
        request.viewer = who  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def one_page_at_a_time(get_response: GetResponse) -> GetResponse:
    """A page that is only looked at asks for the same thing once; who has done something sees it at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = get_response(request)
            who: Viewer | None = getattr(request, "viewer", None)
            if who and who.person:
                has_written(who.person)
            return response
        with one_page():
            return get_response(request)

    return middleware


# What every answer says beside Django's own: no page of ours is part of another's, and none asks for the device's
# camera, microphone or place.
_EVERYWHERE = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def walls(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _EVERYWHERE.items():
            response.headers.setdefault(name, value)
        if _is_for_one(request):
            # On a shared machine the next one must not find it with the back button, nor anybody by a search.
            response.headers["Cache-Control"] = "no-store, private"
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware


def _is_for_one(request: HttpRequest) -> bool:
    """Somebody is known here, or the address is a secret or not open to all: the answer may say what is not for all."""
    who: Viewer | None = getattr(request, "viewer", None)
    match = request.resolver_match
    return bool(
        (who and (who.person or who.holds))
        or (match and (getattr(match.func, "permission", "") or "secret" in match.kwargs))
    )


class Limits:
    """Answers a limit that was passed with a page that says when to try again."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many(request, exception) if isinstance(exception, TooMany) else None
