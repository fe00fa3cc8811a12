"""A page that all strangers see alike is made once, until something happens in the forum."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from kompetanseforum.core.counted import as_strangers_see_it
from kompetanseforum.core.permissions import Viewer

View = Callable[..., HttpResponse]
# Name → value of each header, and the page.
_Page = tuple[dict[str, str], str]

# What one reader's copy has and no other's: put in when it is given out.
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
_MARK = "<<the reader's own token>>"
# A form that must not be sent twice has a key of its own; such a page is made for each reader.
_OWN_KEY = 'name="sending_key"'


class _MadeForOne(Exception):
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def same_page_for_strangers(view: View) -> View:
    """Stands innermost, so that the door has asked before. The page may depend on the address, the language, the tables
    and the day, and for a stranger on nothing else.
    """

    @wraps(view)
    # Any: whatever the address says.
    def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_a_stranger_looking(request):
            return view(request, *args, **kwargs)

        def make() -> _Page:
            response = view(request, *args, **kwargs)
            body = response.content.decode()
            if response.status_code != 200 or response.cookies or _OWN_KEY in body:
                raise _MadeForOne(response)
            return dict(response.headers), _TOKEN.sub(_MARK, body)

        try:
            headers, body = as_strangers_see_it(
                f"page:{request.get_host()}{request.get_full_path()}:{get_language()}", make
            )
        except _MadeForOne as own:
            return own.response
        if _MARK in body:
            body = body.replace(_MARK, f'name="csrfmiddlewaretoken" value="{get_token(request)}"')
        return HttpResponse(body, headers=headers)

    return cast(View, shared)


def _is_a_stranger_looking(request: HttpRequest) -> bool:
    """Nothing but the address and the language tells this reader from another."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return (
        request.method in ("GET", "HEAD")
        and viewer.is_stranger
        and not viewer.follows
        and "HX-Request" not in request.headers
        and set(request.COOKIES) <= {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    )
