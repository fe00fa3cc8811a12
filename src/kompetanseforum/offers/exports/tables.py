"""The list of offers as files. A cell never starts a formula, and the CSV can be imported again."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone

from kompetanseforum.core.files import csv_response, json_response
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, content_of
from kompetanseforum.offers.queries.teaching import TaughtSkill

COLUMNS = (
    "id", "title", "kind", "provider", "language", "description", "outcomes", "level", "nkr_level", "municipality",
    "delivery", "credits", "weeks", "hours_per_week", "part_time", "starts", "places_per_year", "price", "url",
    "isced", "skills", "skill_uris", "source", "fresh_on", "is_counted",
)  # fmt: skip


def _row(offer: Offer, content: Content, skills: Iterable[TaughtSkill]) -> dict[str, object]:
    taught = list(skills)
    return {
        "id": offer.public_id,
        "title": content.title,
        "kind": content.kind,
        "provider": content.provider,
        "language": content.language,
        "description": content.description,
        "outcomes": [outcome.text for outcome in content.outcomes],
        "level": content.level,
        "nkr_level": content.nkr_level,
        "municipality": content.municipality,
        "delivery": list(content.delivery),
        "credits": float(content.credits) if content.credits is not None else None,
        "weeks": content.weeks,
        "hours_per_week": content.hours_per_week,
        "part_time": content.is_part_time,
        "starts": [start.isoformat() for start in content.starts],
        "places_per_year": content.places_per_year,
        "price": content.price_nok,
        "url": content.url,
        "isced": content.isced,
        "skills": [skill.label for skill in taught],
        "skill_uris": [skill.uri for skill in taught],
        "source": offer.source,
        "fresh_on": timezone.localtime(offer.fresh_at).date().isoformat(),
        "is_counted": offer.is_counted,
    }


def _rows(offers: Iterable[Offer], skills: dict[str, list[TaughtSkill]]) -> list[dict[str, object]]:
    return [_row(offer, content_of(offer), skills.get(offer.public_id, ())) for offer in offers]


def as_csv(offers: Iterable[Offer], skills: dict[str, list[TaughtSkill]]) -> HttpResponse:
    return csv_response("tilbud.csv", COLUMNS, _rows(offers, skills))


def as_json(offers: Iterable[Offer], skills: dict[str, list[TaughtSkill]]) -> HttpResponse:
    return json_response({"offers": _rows(offers, skills)})
