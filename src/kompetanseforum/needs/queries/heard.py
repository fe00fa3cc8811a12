"""Whom the forum has heard, counted by municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from kompetanseforum.core.counted import once_a_page
from kompetanseforum.needs.models import Heard


@dataclass(frozen=True, slots=True)
class HeardThere:
    workplaces: int
    last_at: datetime


def heard_by_place() -> dict[str | None, HeardThere]:
    """Municipality's code, or None for those that have none → how many workplaces stand behind a need, and when one last spoke."""
    return once_a_page("needs.heard", _heard_by_place)


def _heard_by_place() -> dict[str | None, HeardThere]:
    rows = Heard.objects.order_by().values_list("organisation__municipality__code")
    return {
        code: HeardThere(workplaces, last_at)
        for code, workplaces, last_at in rows.annotate(workplaces=Count("pk"), last=Max("last_at"))
    }
