"""An offer as a schema.org Course, for those who gather courses from the pages of the web.

All that an offer says stands there, so that another forum that reads the page has an equal offer
(`imports/courses.py`). What schema.org has no word for is said by our own keys: "evening" as a course mode.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.offers.queries.courses import ESCO_SKILLS, MUNICIPALITY, PART_TIME, told_description

_MODES = {"online": "Online", "classroom": "Onsite", "at_work": "Onsite", "simulation": "Onsite"}


def course_json_ld(
    offer: Offer, content: Content, *, skills: Iterable[tuple[str, str]], address: str, place: str
) -> dict[str, object]:
    """`skills`: label and URI of what its outcomes mean to us."""
    course: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": address,
        "name": content.title,
        "learningResourceType": content.kind,
        "description": told_description(content),
        "inLanguage": content.language,
        "dateModified": timezone.localtime(offer.changed_at).date().isoformat(),
        "teaches": [*(_outcome(one, content) for one in content.outcomes), *(_skill(*skill) for skill in skills)],
        "hasCourseInstance": _instances(content, place=place),
    }
    levels = [f"NKR {content.nkr_level}"] if content.nkr_level is not None else []
    if levels or content.level:
        course["educationalLevel"] = [*levels, *([content.level] if content.level else [])]
    if content.url:
        course["url"] = content.url
    if content.provider:
        course["provider"] = {"@type": "Organization", "name": content.provider}
    if content.credits:
        course["numberOfCredits"] = {"@type": "StructuredValue", "value": float(content.credits), "unitText": "ECTS"}
    if content.places_per_year is not None:
        course["maximumEnrollment"] = content.places_per_year
    if content.isced:
        course["about"] = {"@type": "DefinedTerm", "inDefinedTermSet": "ISCED-F", "termCode": content.isced}
    if content.price_nok is not None:
        course["offers"] = {
            "@type": "Offer",
            "category": "Paid" if content.price_nok else "Free",
            "price": content.price_nok,
            "priceCurrency": "NOK",
        }
    return course


def _skill(label: str, uri: str) -> dict[str, object]:
    return {"@type": "DefinedTerm", "name": label, "inDefinedTermSet": ESCO_SKILLS, "url": uri}


def _outcome(outcome: OutcomeContent, content: Content) -> object:
    """Plain text where there is no more to say of it."""
    more: dict[str, object] = {}
    if outcome.language != content.language:
        more["inLanguage"] = outcome.language
    if outcome.code:
        more["termCode"] = outcome.code
    if outcome.curriculum:
        more["inDefinedTermSet"] = outcome.curriculum
    if not outcome.is_counted:
        more["creativeWorkStatus"] = "Expired"
    if outcome.skills:
        more["sameAs"] = list(outcome.skills)
    return {"@type": "DefinedTerm", "name": outcome.text} | more if more else outcome.text


def _instances(content: Content, *, place: str) -> list[dict[str, object]]:
    """One for each start, or one without a date. Online and in a room is blended."""
    modes = sorted({_MODES[way] for way in content.delivery if way in _MODES})
    common: dict[str, object] = {"@type": "CourseInstance"}
    told = ["Blended"] if len(modes) > 1 else modes
    told += [*content.delivery, *([PART_TIME] if content.is_part_time else [])]
    if told:
        common["courseMode"] = told
    if content.weeks is not None or content.hours_per_week is not None:
        common["courseSchedule"] = _schedule(content)
    if content.weeks and content.hours_per_week:
        common["courseWorkload"] = f"PT{content.weeks * content.hours_per_week}H"
    if place:
        common["location"] = {
            "@type": "Place",
            "name": place,
            "identifier": {"@type": "PropertyValue", "propertyID": MUNICIPALITY, "value": content.municipality},
        }
    return [common | {"startDate": start.isoformat()} for start in content.starts] or [common]


def _schedule(content: Content) -> dict[str, object]:
    schedule: dict[str, object] = {"@type": "Schedule", "repeatFrequency": "Weekly"}
    if content.weeks is not None:
        schedule["repeatCount"] = content.weeks
    if content.hours_per_week is not None:
        schedule["duration"] = f"PT{content.hours_per_week}H"
    return schedule
