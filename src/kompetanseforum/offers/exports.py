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
    "skills", "skill_uris", "source", "fresh_on", "is_counted",
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


def course_json_ld(
    offer: Offer, content: Content, *, skills: Iterable[tuple[str, str]], address: str, place: str
) -> dict[str, object]:
    """schema.org Course, for those who gather courses from the pages of the web. `skills`: label and URI."""
    course: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": address,
        "url": content.url or address,
        "name": content.title,
        # The field is required there; the outcomes say most where there is no description.
        "description": content.description or "; ".join(one.text for one in content.outcomes[:5]) or content.title,
        "inLanguage": content.language,
        "dateModified": timezone.localtime(offer.changed_at).date().isoformat(),
        "teaches": [
            {
                "@type": "DefinedTerm",
                "name": label,
                "inDefinedTermSet": "http://data.europa.eu/esco/concept-scheme/skills",
                "url": uri,
            }
            for label, uri in skills
        ],
        "hasCourseInstance": _instances(content, place=place),
    }
    if content.provider:
        course["provider"] = {"@type": "Organization", "name": content.provider}
    if content.nkr_level is not None:
        course["educationalLevel"] = f"NKR {content.nkr_level}"
    if content.credits:
        course["numberOfCredits"] = {"@type": "StructuredValue", "value": float(content.credits), "unitText": "ECTS"}
    if content.price_nok is not None:
        course["offers"] = {
            "@type": "Offer",
            "category": "Paid" if content.price_nok else "Free",
            "price": content.price_nok,
            "priceCurrency": "NOK",
        }
    return course


_MODES = {"online": "Online", "classroom": "Onsite", "at_work": "Onsite", "simulation": "Onsite"}


def _instances(content: Content, *, place: str) -> list[dict[str, object]]:
    """One for each start, or one without a date. Online and in a room is blended."""
    modes = {_MODES[way] for way in content.delivery if way in _MODES}
    common: dict[str, object] = {"@type": "CourseInstance"}
    if modes:
        common["courseMode"] = "Blended" if len(modes) > 1 else modes.pop()
    if content.weeks and content.hours_per_week:
        common["courseWorkload"] = f"PT{content.weeks * content.hours_per_week}H"
    if place:
        common["location"] = {"@type": "Place", "name": place}
    return [common | {"startDate": start.isoformat()} for start in content.starts] or [common]
