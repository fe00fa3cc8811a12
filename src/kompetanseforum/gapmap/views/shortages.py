"""What statistics ask for, occupation by occupation: kept apart from the voices."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.gapmap.queries.statistics import statistics as read_statistics

# Those that lack most; the rest come when asked for.
FIRST_SHOWN = 20


@public
@require_safe
def statistics(request: Request) -> HttpResponse:
    found = read_statistics()
    is_all = "alle" in request.GET
    shown = found.occupations if found and is_all else found.occupations[:FIRST_SHOWN] if found else []
    return render(request, "gapmap/statistics.html", {"statistics": found, "occupations": shown})
