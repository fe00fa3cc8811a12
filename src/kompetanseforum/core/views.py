"""Language, health and the pages for what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.core import problems
from kompetanseforum.core.http import remember_language, safe_next
from kompetanseforum.core.limits import TooMany
from kompetanseforum.core.permissions import public
from kompetanseforum.core.problems import is_for_programs


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    response = redirect(safe_next(request))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        remember_language(response, code)
    return response


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answers when the database does: for proxies and for `make run`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problems.bad_request() if is_for_programs(request) else render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problems.forbidden() if is_for_programs(request) else render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problems.not_found() if is_for_programs(request) else render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: what made the page fail (the database, perhaps) must not make this one fail too."""
    if is_for_programs(request):
        return problems.server_error()
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    if is_for_programs(request):
        return problems.too_many(error.wait_seconds)
    response = render(request, "429.html", {"wait_seconds": error.wait_seconds}, status=429)
    response.headers["Retry-After"] = str(error.wait_seconds)
    return response
