"""What statistics ask for, occupation by occupation: kept apart from the voices."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.gapmap.queries.statistics import statistics as read_statistics


@public
@require_GET
def statistics(request: Request) -> HttpResponse:
    return render(request, "gapmap/statistics.html", {"statistics": read_statistics()})
