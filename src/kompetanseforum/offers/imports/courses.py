"""schema.org Courses: in a JSON-LD file, or in the script blocks of a web page, as search engines gather them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from html.parser import HTMLParser
from typing import Any

from kompetanse.linking import guess_language
from kompetanseforum.codes.queries import MunicipalityCodes
from kompetanseforum.core.tables import CellError, TableError
from kompetanseforum.core.tables.words import language as read_language
from kompetanseforum.offers.imports.cells import MOST_OUTCOME_CHARACTERS, MOST_OUTCOMES, outcome_language
from kompetanseforum.offers.imports.described import Described, described
from kompetanseforum.offers.imports.levels import level_of_nkr
from kompetanseforum.offers.models import Delivery, Level, OfferKind
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.offers.queries.courses import MUNICIPALITY, PART_TIME, told_description

_ESCO_SKILL = re.compile(r"https?://data\.europa\.eu/esco/skill/[\w-]+")
_NKR = re.compile(r"(?:NKR|NQF|EQF)\D{0,3}([1-8])", re.IGNORECASE)
# ISO 8601 durations of hours and minutes; days and more are no hours.
_HOURS = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?", re.IGNORECASE)
_MODES = {
    "onsite": (Delivery.CLASSROOM,),
    "blended": (Delivery.CLASSROOM, Delivery.ONLINE),
    "online": (Delivery.ONLINE,),
}
_DEEPEST = 12

Json = Mapping[str, Any]  # Any: JSON, as another machine wrote it


def read_courses(content: bytes, *, provider: str) -> list[Described]:
    """Every Course in it. Raises TableError when there is none."""
    places = MunicipalityCodes()
    read = partial(_content, provider=provider, places=places)
    found = [
        described(number, course, partial(read, course), given=_id_of(course))
        for number, course in enumerate(_courses(content), start=1)
    ]
    if not found:
        raise TableError("no_courses")
    return found


def _courses(content: bytes) -> Iterator[Json]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError("not_text") from error
    for block in _blocks(text):
        yield from _courses_in(block, depth=0)


def _blocks(text: str) -> Iterator[object]:
    """The JSON of the file, or of each script block of a page."""
    if not text.lstrip().startswith("<"):
        try:
            yield json.loads(text)
        except (ValueError, RecursionError) as error:
            raise TableError("not_json") from error
        return
    page = _Page()
    page.feed(text)
    for block in page.blocks:
        try:
            yield json.loads(block)
        except (ValueError, RecursionError):
            continue  # a page has blocks of many makers; one that is broken is not ours


class _Page(HTMLParser):
    """Gathers the script blocks that hold JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[str] = []
        self._is_in_one = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        if tag == "script" and kind == "application/ld+json":
            self._is_in_one = True
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self._is_in_one:
            self.blocks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._is_in_one = False


def _courses_in(value: object, *, depth: int) -> Iterator[Json]:
    """Courses stand alone, in lists, in a graph, or in the items of a list of them."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _courses_in(one, depth=depth + 1)
    elif isinstance(value, dict):
        if "Course" in (_plain(kind).rpartition("/")[2] for kind in _many(value.get("@type"))):
            yield value
            return
        for key in ("@graph", "itemListElement", "item", "mainEntity"):
            yield from _courses_in(value.get(key), depth=depth + 1)


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: object) -> str:
    """A text, whichever way JSON-LD says it; of several languages the first."""
    for one in _many(value):
        if isinstance(one, str):
            return " ".join(one.replace("\0", "").split())
        if isinstance(one, int | float) and not isinstance(one, bool):
            return str(one)
        if isinstance(one, dict) and (text := _plain(one.get("@value", one.get("name", one.get("@id"))))):
            return text
    return ""


def _objects(value: object) -> list[Json]:
    return [one for one in _many(value) if isinstance(one, dict)]


def _id_of(course: Json) -> str:
    return _plain(course.get("@id")) or _plain(course.get("identifier")) or _plain(course.get("courseCode"))


def _content(course: Json, *, provider: str, places: MunicipalityCodes) -> Content:
    """Raises CellError with the property's name as its detail."""
    title = _plain(course.get("name"))
    if not title:
        raise CellError("missing_property", "name")
    spoken = _language(course, title)
    instances = _objects(course.get("hasCourseInstance"))
    modes = [_plain(mode) for instance in instances for mode in _many(instance.get("courseMode"))]
    nkr, level = _levels(course)
    weeks, hours = _time(instances)
    kind = _plain(course.get("learningResourceType"))
    content = Content(
        title=title[:200],
        kind=kind if kind in OfferKind.values else OfferKind.COURSE,
        provider=(_plain(course.get("provider")) or provider)[:160],
        language=spoken,
        description=_text(course.get("description"), has_tags=kind not in OfferKind.values)[:5000],
        # Our own pages say the level outright, or that there is none.
        level=level or (level_of_nkr(nkr) if nkr and kind not in OfferKind.values else ""),
        nkr_level=nkr,
        municipality=_municipality(course, instances, places),
        delivery=_delivery(modes),
        credits=_credits(course.get("numberOfCredits")),
        weeks=weeks,
        hours_per_week=hours,
        is_part_time=any(mode.casefold().replace(" ", "-") == PART_TIME for mode in modes),
        starts=tuple(sorted({day for instance in instances if (day := _day(instance.get("startDate")))})),
        places_per_year=_whole(course.get("maximumEnrollment")),
        price_nok=_price(course.get("offers")),
        url=_address(course.get("url")),
        isced=_isced(course.get("about")),
        outcomes=_outcomes(course.get("teaches"), spoken=spoken),
    )
    if content.description == told_description(Content(title=title, outcomes=content.outcomes)):
        return replace(content, description="")
    return content


def _text(value: object, *, has_tags: bool) -> str:
    """A longer text keeps its lines. Tags that many write in it go; our own pages write none."""
    text = next((one for one in _many(value) if isinstance(one, str)), "") or _plain(value)
    text = re.sub(r"<[^>]{1,200}>", " ", text) if has_tags else text
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def _language(course: Json, title: str) -> str:
    said = _plain(course.get("inLanguage")).partition("-")[0]
    try:
        return read_language(said) if said else guess_language(title)
    except CellError:
        return guess_language(title)


def _levels(course: Json) -> tuple[int | None, str]:
    said = [_plain(level) for level in _many(course.get("educationalLevel"))]
    nkr = next((int(found[1]) for level in said if (found := _NKR.search(level))), None)
    return nkr, next((level for level in said if level in Level.values), "")


def _time(instances: Sequence[Json]) -> tuple[int | None, int | None]:
    """Weeks and hours a week: from a weekly schedule, else from dates and workload."""
    for instance in instances:
        for schedule in _objects(instance.get("courseSchedule")):
            if _plain(schedule.get("repeatFrequency")).casefold() in ("weekly", "p1w"):
                return _whole(schedule.get("repeatCount")), _hours(schedule.get("duration"))
    for instance in instances:
        start, end = _day(instance.get("startDate")), _day(instance.get("endDate"))
        if start and end and end > start:
            weeks = max(1, round((end - start).days / 7))
            workload = _hours(instance.get("courseWorkload"))
            return min(weeks, 1000), min(168, max(1, round(workload / weeks))) if workload else None
    return None, None


def _hours(value: object) -> int | None:
    found = _HOURS.fullmatch(_plain(value))
    if not found or not (found[1] or found[2]):
        return None
    return round(float(found[1] or 0) + int(found[2] or 0) / 60)


def _whole(value: object) -> int | None:
    said = _plain(value)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(_plain(value)[:10])
    except ValueError:
        return None


def _delivery(modes: Sequence[str]) -> tuple[str, ...]:
    """Our own words say more than the three that all use."""
    own = [mode for mode in modes if mode in Delivery.values]
    return tuple(dict.fromkeys(own or [way for mode in modes for way in _MODES.get(mode.casefold(), ())]))


def _credits(value: object) -> Decimal | None:
    said = value.get("value") if isinstance(value, dict) else value
    try:
        points = Decimal(_plain(said))
    except InvalidOperation:
        return None
    return round(points, 1).normalize() if points.is_finite() and 0 < points <= 1000 else None


def _price(value: object) -> int | None:
    """In kroner, or free."""
    for offer in _objects(value):
        said = _plain(offer.get("price"))
        if _plain(offer.get("category")).casefold() == "free" and said in ("", "0", "0.0", "0.00"):
            return 0
        if _plain(offer.get("priceCurrency")) in ("NOK", "") and re.fullmatch(r"\d{1,7}(?:[.,]\d+)?", said):
            return round(float(said.replace(",", ".")))
    return None


def _address(value: object) -> str:
    said = _plain(value)
    return said if re.match(r"https?://[^\s<>\"]+$", said) and len(said) <= 200 else ""


def _isced(value: object) -> str:
    for about in _objects(value):
        if "isced" in _plain(about.get("inDefinedTermSet")).casefold():
            code = _plain(about.get("termCode"))
            return code if re.fullmatch(r"\d{2,4}", code) else ""
    return ""


def _municipality(course: Json, instances: Sequence[Json], places: MunicipalityCodes) -> str:
    for location in [one for instance in (*instances, course) for one in _many(instance.get("location"))]:
        said = [_plain(location)]
        if isinstance(location, dict):
            for mark in _objects(location.get("identifier")):
                said = [_plain(mark.get("value")), *said] if mark.get("propertyID") == MUNICIPALITY else said
            said += [_plain(address.get("addressLocality")) for address in _objects(location.get("address"))]
        if code := next((code for one in said if one and (code := places.find(one))), None):
            return code
    return ""


def _outcomes(value: object, *, spoken: str) -> tuple[OutcomeContent, ...]:
    """What one learns in words. ESCO skills alone are outcomes of their own; beside words they are what the words mean."""
    found: list[OutcomeContent] = []
    skills: list[OutcomeContent] = []
    for one in _many(value):
        text = _plain(one)[:MOST_OUTCOME_CHARACTERS]
        if not text or text.startswith("http"):
            continue
        if not isinstance(one, dict):
            found.append(OutcomeContent(text=text, language=outcome_language(text, spoken)))
            continue
        uris = [uri for key in ("url", "@id", "sameAs") for same in _many(one.get(key)) if (uri := _skill(same))]
        outcome = OutcomeContent(
            text=text,
            language=_plain(one.get("inLanguage")) or outcome_language(text, spoken),
            code=_plain(one.get("termCode"))[:20] if not uris else "",
            curriculum=_plain(one.get("inDefinedTermSet"))[:10] if one.get("termCode") and not uris else "",
            is_counted=_plain(one.get("creativeWorkStatus")) != "Expired",
            skills=tuple(dict.fromkeys(uris)),
        )
        is_skill = _skill(one.get("url")) or _skill(one.get("@id"))
        (skills if is_skill else found).append(outcome)
    return tuple(dict.fromkeys(found or skills))[:MOST_OUTCOMES]


def _skill(value: object) -> str:
    said = _plain(value)
    return said.replace("https://", "http://") if _ESCO_SKILL.fullmatch(said) else ""
