"""Reads: the workplaces that speak in the forum, counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from kompetanseforum.api.queries.told import in_steps
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.gapmap.queries.cut import FEWEST_SHOWN
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.models import Sector, SizeClass

# What they are counted by, and where that stands.
COLUMNS = {
    "municipality": "organisation__municipality__code",
    "sector": "organisation__sector",
    "size": "organisation__size",
}


@dataclass(frozen=True, slots=True)
class Part:
    """The workplaces of one kind; None is "not told"."""

    code: str
    label: str
    workplaces: int | None


def workplaces_by(what: str) -> list[Part]:
    """Those with a voice that others can see; every code of the list is there, told or not."""
    counts = until_next_fact(f"api.workplaces:{what}", lambda: _counts(what))
    return [Part(code=code, label=label, workplaces=_told(counts.get(code, 0))) for code, label in _codes(what)]


def _counts(what: str) -> dict[str, int]:
    shown = Voice.objects.filter(withdrawn_at=None, need__held_reason="").exclude(organisation=None)
    rows = shown.order_by().values_list(COLUMNS[what]).annotate(workplaces=Count("organisation", distinct=True))
    return {code: number for code, number in rows if code}


def _told(workplaces: int) -> int | None:
    return in_steps(workplaces) if workplaces >= FEWEST_SHOWN else None


def _codes(what: str) -> list[tuple[str, str]]:
    if what == "municipality":
        return [(place.code, place.name) for place in municipalities(county_code=this_forum().county_code)]
    return [(value, str(label)) for value, label in (Sector if what == "sector" else SizeClass).choices]
