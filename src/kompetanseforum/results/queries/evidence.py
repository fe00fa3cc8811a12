"""Reads: the evidence of results."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.results.models import Evidence


def evidence_by_id(public_id: str) -> Evidence | None:
    return Evidence.objects.select_related("result__recorded_by").filter(public_id=public_id).first()


def evidence_with_ids(ids: Sequence[str]) -> list[Evidence]:
    return list(Evidence.objects.select_related("result__recorded_by").filter(public_id__in=ids))
