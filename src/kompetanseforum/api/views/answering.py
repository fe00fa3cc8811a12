"""Around all operations: what is the same for every answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from django.views.decorators.vary import vary_on_headers

from kompetanseforum.core import problems
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.problems import problem

View = Callable[..., Any]


def answering(view: View) -> View:
    """HEAD is GET without its content; whoever has the newest already is told so; a wrong method is a problem."""

    @vary_on_headers("Authorization", "Accept-Language", "Cookie")
    @cache_control(no_cache=True)
    @conditional_page
    @wraps(view)
    def answer(request: Request, **route: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        response: HttpResponse = view(request, **route)
        if response.status_code == 405:
            response = problem(405, _("Not in that way"), headers={"Allow": response.headers["Allow"]})
        # Without cookies: a page elsewhere reads what everybody may.
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@public
@csrf_exempt
def nothing_here(request: Request) -> HttpResponse:
    """An address where nothing is: told to the program, not shown as a page."""
    return problems.not_found()
