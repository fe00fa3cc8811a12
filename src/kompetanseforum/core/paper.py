"""A page as PDF, tagged so that a screen reader can follow it. WeasyPrint is loaded by the process that makes one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from django.template.loader import render_to_string


class NoPaper(Exception):
    """What WeasyPrint draws letters with (Pango) is not on this machine."""


@cache
def can_make_pdf() -> bool:
    try:
        import_module("weasyprint")
    except OSError:
        return False
    return True


def as_pdf(html: str, *, style: str) -> bytes:
    """The page on paper, with the looks of the template `style`. Nothing is fetched, neither files nor addresses. Raises NoPaper."""
    if not can_make_pdf():
        raise NoPaper
    weasyprint: Any = import_module("weasyprint")  # Any: it has no types
    looks = weasyprint.CSS(string=render_to_string(style))
    made: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf(
        stylesheets=[looks], pdf_variant="pdf/ua-1"
    )
    return made


def _nothing(url: str, *_rest: object, **_more: object) -> dict[str, object]:
    raise ValueError(f"nothing is fetched for a PDF: {url}")
