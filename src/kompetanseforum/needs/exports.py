"""The list of needs as files. Public words and skills only; a cell never starts a formula."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse

from kompetanseforum.core.files import csv_response, json_response
from kompetanseforum.needs.queries.shown import ShownNeed

COLUMNS = (
    "id", "words", "skills", "skill_uris", "state", "horizon", "level", "voices", "people",
    "municipalities", "sectors", "voiced_on", "next_answer_on", "answered_by",
)  # fmt: skip


def _row(shown: ShownNeed) -> dict[str, object]:
    organisations = [voice.voice.organisation for voice in shown.voices if voice.voice.organisation]
    return {
        "id": shown.public_id,
        "words": "".join(text for text, _is_marked in shown.own_words),
        "skills": [skill.label for skill in shown.skills],
        "skill_uris": [skill.uri for skill in shown.skills],
        "state": shown.need.state,
        "horizon": shown.need.horizon,
        "level": shown.need.level,
        "voices": shown.count,
        "people": shown.people,
        "municipalities": sorted({each.municipality.name for each in organisations if each.municipality}),
        "sectors": sorted({each.sector for each in organisations if each.sector}),
        "voiced_on": shown.need.voiced_at.date().isoformat(),
        "next_answer_on": shown.need.next_answer_on.isoformat(),
        "answered_by": shown.need.owner.name,
    }


def as_csv(needs: Iterable[ShownNeed]) -> HttpResponse:
    return csv_response("behov.csv", COLUMNS, map(_row, needs))


def as_json(needs: Iterable[ShownNeed]) -> HttpResponse:
    return json_response({"needs": [_row(shown) for shown in needs]})
