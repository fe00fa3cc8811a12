"""The request as our views get it, with the one who asks; where to go next; and the language a browser remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from kompetanseforum.core.permissions import Viewer

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """Set by `core.middleware.viewer` and django-htmx; used for its types only."""

    viewer: Viewer
    htmx: HtmxDetails
    LANGUAGE_CODE: str


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where the one who asks wants to go afterwards, when that is a page of ours; else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    # A path alone: `//elsewhere` and `https:elsewhere` are addresses of others in some browsers.
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return default


def remember_language(response: HttpResponseBase, code: str) -> None:
    """The browser gets pages in this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=60 * 60 * 24 * 365,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
