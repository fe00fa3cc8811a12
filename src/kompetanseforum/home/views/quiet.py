"""The quiet pages at the foot: open data, privacy, accessibility."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public


@public
@require_safe
def open_data(request: Request) -> HttpResponse:
    sets = [(data.label, reverse(data.url_name)) for capability in capabilities() for data in capability.open_data]
    return render(request, "home/open_data.html", {"sets": sets})


@public
@require_safe
def privacy(request: Request) -> HttpResponse:
    kept = [row for capability in capabilities() for row in capability.personal_data]
    return render(request, "home/privacy.html", {"kept": kept})


@public
@require_safe
def accessibility(request: Request) -> HttpResponse:
    return render(request, "home/accessibility.html")
