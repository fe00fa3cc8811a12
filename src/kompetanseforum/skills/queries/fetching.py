"""Reads: what is being fetched from ESCO's open API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Sum

from kompetanseforum.core import clock
from kompetanseforum.skills.models import EscoPageRow, EscoUpload, ImportState

_ENDED = (ImportState.DONE, ImportState.UNCHANGED)


def fetching_now(languages: Sequence[str] | None = None) -> EscoUpload | None:
    """The newest fetching that has not come to its end; of those languages, when they are said."""
    found = EscoUpload.objects.exclude(languages=[]).exclude(state__in=_ENDED).order_by("-pk")
    return next((upload for upload in found[:10] if languages is None or upload.languages == list(languages)), None)


def fetched_languages() -> list[str]:
    """Those that were fetched last, as ESCO calls them; none when nothing was."""
    last = EscoUpload.objects.exclude(languages=[]).filter(state__in=_ENDED).order_by("-pk").first()
    return list(last.languages) if last else []


def next_offset(upload: EscoUpload, scheme: str, *, per_page: int) -> int | None:
    """Where to go on in the scheme; None when all of it is here."""
    pages = list(upload.pages.filter(scheme=scheme).values_list("offset", "total"))
    if not pages:
        return 0
    there = {offset for offset, _total in pages}
    total = max(total for _offset, total in pages)
    return next((offset for offset in range(0, total, per_page) if offset not in there), None)


def fetched(upload: EscoUpload) -> int:
    return upload.pages.aggregate(sum=Sum("count"))["sum"] or 0


def totals_of(upload: EscoUpload) -> dict[str, int]:
    """Scheme → concepts in it, as ESCO said."""
    totals: dict[str, int] = {}
    for scheme, total in upload.pages.values_list("scheme", "total"):
        totals[scheme] = max(total, totals.get(scheme, 0))
    return totals


def pages_of(upload: EscoUpload) -> list[EscoPageRow]:
    return list(upload.pages.all())


def rested() -> list[EscoUpload]:
    """Fetchings whose rest is over."""
    return list(EscoUpload.objects.filter(clock.is_due("retry_at", longest=timedelta(days=1)))[:5])
