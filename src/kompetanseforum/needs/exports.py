"""The list of needs as files. Public words and skills only; a cell never starts a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse, JsonResponse

from kompetanseforum.core.files import plain_cell
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


def _cell(value: object) -> str:
    return plain_cell(
        " | ".join(str(part) for part in value)
        if isinstance(value, Sequence) and not isinstance(value, str)
        else str(value)
    )


def as_csv(needs: Iterable[ShownNeed]) -> HttpResponse:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for shown in needs:
        row = _row(shown)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    # The mark tells spreadsheets that it is UTF-8.
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="behov.csv"'
    return response


def as_json(needs: Iterable[ShownNeed]) -> HttpResponse:
    return JsonResponse({"needs": [_row(shown) for shown in needs]}, json_dumps_params={"ensure_ascii": False})
