"""Reads: needs with all who stand behind them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kompetanseforum.core.beside import put_beside
from kompetanseforum.needs.models import Merge, Need, Voice


def _standing() -> QuerySet[Voice]:
    return Voice.objects.filter(withdrawn_at=None).select_related(
        "organisation__municipality", "spokesperson__municipality", "place"
    )


def with_voices() -> QuerySet[Need]:
    """To be filtered, ordered and paged; two questions."""
    return Need.objects.select_related("owner").prefetch_related(Prefetch("voices", queryset=_standing()))


def needs_behind(where: Q) -> list[Need]:
    """Those needs that somebody stands behind, and whether others were merged into them; one question."""
    merges = Merge.objects.filter(kept=OuterRef("need"), undone_at=None)
    spoken = _standing().filter(need__in=Need.objects.filter(where)).select_related("need__owner")
    needs: dict[int, Need] = {}
    voices: dict[int, list[Voice]] = {}
    for voice in spoken.annotate(is_merged=Exists(merges)):
        need = voice.need = needs.setdefault(voice.need_id, voice.need)
        need.is_merged = voice.is_merged  # type: ignore[attr-defined]
        voices.setdefault(need.pk, []).append(voice)
    for need in needs.values():
        put_beside(need, "voices", voices[need.pk])
    return list(needs.values())


def needs_of(field: str, values: Collection[object]) -> list[Need]:
    """Those with these keys or ids. One question more where nobody stands behind one of them any longer."""
    found = needs_behind(Q(**{f"{field}__in": values})) if values else []
    if missing := set(values) - {getattr(need, field) for need in found}:
        found += with_voices().filter(**{f"{field}__in": missing})
    return found
