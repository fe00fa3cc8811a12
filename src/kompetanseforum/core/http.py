"""The request as our views get it: with the one who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from kompetanseforum.core.permissions import Viewer

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """Set by `core.middleware.viewer` and django-htmx; used for its types only."""

    viewer: Viewer
    htmx: HtmxDetails
    LANGUAGE_CODE: str
