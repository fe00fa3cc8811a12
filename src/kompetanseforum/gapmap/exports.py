"""The map as files: the same numbers as the page, no names and no words of anybody's."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse

from kompetanse.gap import Gap
from kompetanseforum.core.files import csv_response, json_response
from kompetanseforum.gapmap.queries.cut import few
from kompetanseforum.gapmap.queries.ranking import NamedGap, Ranking

COLUMNS = (
    "key", "label", "people", "confirmed", "unconfirmed", "machine_linked", "voices", "needs", "places", "offers",
    "offers_without_places", "unmet", "change_in_a_month", "verdict", "doubts",
)  # fmt: skip
# What would tell how many in a cell too small to be told.
_HIDDEN = ("people", "confirmed", "unconfirmed", "machine_linked", "unmet", "change_in_a_month")


def _row(row: NamedGap) -> dict[str, object]:
    gap: Gap = row.gap
    values: dict[str, object] = {
        "key": gap.key,
        "label": row.label,
        "people": gap.asked,
        "confirmed": gap.confirmed,
        "unconfirmed": gap.unconfirmed,
        "machine_linked": gap.machine_linked,
        "voices": gap.voices,
        "needs": gap.needs,
        "places": gap.places,
        "offers": gap.offers,
        "offers_without_places": gap.offers_without_places,
        "unmet": gap.unmet,
        "change_in_a_month": gap.change,
        "verdict": gap.verdict,
        "doubts": list(gap.doubts),
    }
    return values | dict.fromkeys(_HIDDEN, few(1)) if row.is_hidden else values


def as_csv(rows: Iterable[NamedGap]) -> HttpResponse:
    return csv_response("udekket.csv", COLUMNS, map(_row, rows))


def as_json(rows: Iterable[NamedGap], found: Ranking) -> HttpResponse:
    cut = found.cut
    content = {
        "fresh_at": found.fresh_at.isoformat() if found.fresh_at else None,
        "selection": {
            "horizon": cut.horizon,
            "municipalities": cut.municipalities,
            "sectors": cut.sectors,
            "occupation_groups": cut.occupation_groups,
        },
        "gaps": [_row(row) for row in rows],
    }
    return json_response(content)
