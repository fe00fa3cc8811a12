"""Learning opportunities in the European Learning Model (v3), in Turtle, RDF/XML or JSON-LD.

Properties are known by their last part (`title`, `learningOutcome`), since the model's own prefixes have moved between
versions. Nothing is fetched: a context that lies on the web is read as if the file had none but ELM's own.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from kompetanseforum.codes.queries import MunicipalityCodes
from kompetanseforum.core.tables import CellError, TableError
from kompetanseforum.core.tables.words import language as read_language
from kompetanseforum.offers.imports.cells import MOST_OUTCOME_CHARACTERS, MOST_OUTCOMES, outcome_language
from kompetanseforum.offers.imports.described import Described, described
from kompetanseforum.offers.imports.levels import level_of_nkr
from kompetanseforum.offers.models import Delivery
from kompetanseforum.offers.queries.content import Content, OutcomeContent

_ELM = "http://data.europa.eu/snb/model/elm/"
_ESCO_SKILL = re.compile(r"http://data\.europa\.eu/esco/skill/[\w-]+")
# An entity may be as large as it likes, or lead to a file of the server's.
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Which language a title is taken in, when there are several.
_LANGUAGES = ("nb", "no", "nn", "en")
_MODES = {
    "online": (Delivery.ONLINE,),
    "blended": (Delivery.CLASSROOM, Delivery.ONLINE),
    "presential": (Delivery.CLASSROOM,),
    "onsite": (Delivery.CLASSROOM,),
    "workbased": (Delivery.AT_WORK,),
}
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?")

log = logging.getLogger(__name__)


def read_opportunities(content: bytes, *, provider: str) -> list[Described]:
    """Every LearningOpportunity in it. Raises TableError when there is none."""
    graph = _graph(content)
    places = MunicipalityCodes()
    kinds = {kind for kind in graph.objects(None, RDF.type) if _last(kind) == "LearningOpportunity"}
    found = sorted({node for kind in kinds for node in graph.subjects(RDF.type, kind)}, key=str)
    if not found:
        raise TableError("no_courses")
    return [_described(number, _Thing(graph, node), provider, places) for number, node in enumerate(found, start=1)]


def _described(number: int, thing: _Thing, provider: str, places: MunicipalityCodes) -> Described:
    given = str(thing.node) if isinstance(thing.node, URIRef) else ""
    whole = {"id": given, "title": thing.text("title")[0]}
    return described(number, whole, lambda: _content(thing, provider=provider, places=places), given=given)


def _graph(content: bytes) -> Graph:
    """Raises TableError. rdflib's parsers raise whatever their parts do."""
    graph = Graph(bind_namespaces="none")
    try:
        start = content.lstrip()[:1]
        if start in (b"{", b"["):
            graph.parse(data=_without_far_contexts(content), format="json-ld")
        elif start == b"<" and b"rdf:RDF" in content[:5000]:
            if _ENTITIES.search(content):
                raise TableError("not_rdf")
            graph.parse(data=content, format="xml")
        else:
            graph.parse(data=content, format="turtle")
    except TableError:
        raise
    except Exception as error:
        log.info("not RDF: %r", error)
        raise TableError("not_rdf") from error
    return graph


def _without_far_contexts(content: bytes) -> str:
    """A context that would have to be fetched gives way to ELM's own names."""

    def near(value: Any, depth: int = 0) -> Any:  # Any: JSON
        if depth > 50:
            raise TableError("not_rdf")
        if isinstance(value, list):
            return [near(one, depth + 1) for one in value]
        if not isinstance(value, dict):
            return value
        return {key: _context(one) if key == "@context" else near(one, depth + 1) for key, one in value.items()}

    return json.dumps(near(json.loads(content)))


def _context(said: Any) -> Any:  # Any: JSON
    contexts = said if isinstance(said, list) else [said]
    near = [one for one in contexts if isinstance(one, dict)]
    own = {key: one for context in near for key, one in context.items() if key not in ("@import", "@propagate")}
    if len(near) < len(contexts):
        return {"@vocab": _ELM, "id": "@id", "type": "@type"} | own
    return own


def _last(node: Node) -> str:
    return re.split(r"[/#:]", str(node))[-1]


class _Thing:
    """A node and what is said of it, by the last part of each property."""

    def __init__(self, graph: Graph, node: Node) -> None:
        self.node = node
        self._graph = graph

    def all(self, name: str) -> Iterator[_Thing]:
        for property_, value in self._graph.predicate_objects(self.node):
            if _last(property_) == name:
                yield _Thing(self._graph, value)

    def first(self, *names: str) -> _Thing | None:
        """By following the names one after the other."""
        found: list[_Thing] = [self]
        for name in names:
            found = sorted((one for thing in found for one in thing.all(name)), key=lambda thing: str(thing.node))
        return found[0] if found else None

    def text(self, *names: str) -> tuple[str, str]:
        """The text and its language: ours before others'. A note of ELM's holds its text one step further in."""
        *way, last = names
        start = self.first(*way) if way else self
        if start is None:
            return "", ""
        literals = [thing.node for thing in start.all(last) if isinstance(thing.node, Literal)]
        if not literals:
            literals = [
                inner.node
                for thing in start.all(last)
                for inner in thing.all("noteLiteral")
                if isinstance(inner.node, Literal)
            ]
        ranked = sorted(literals, key=lambda text: (_rank(text.language or ""), str(text)))
        if not ranked:
            return "", ""
        return str(ranked[0]).replace("\0", "").strip(), (ranked[0].language or "").partition("-")[0]

    def code(self, name: str) -> str:
        """The last part of a concept's URI: `0715`, `NOB`."""
        found = self.first(name)
        return _last(found.node) if found else ""


def _rank(language: str) -> int:
    short = language.partition("-")[0]
    return _LANGUAGES.index(short) if short in _LANGUAGES else len(_LANGUAGES)


def _content(thing: _Thing, *, provider: str, places: MunicipalityCodes) -> Content:
    """What is taught stands in the specification; when, where and by whom in the opportunity."""
    specification = thing.first("learningAchievementSpecification") or thing.first("learningActivitySpecification")
    title, tongue = thing.text("title")
    if not title and specification:
        title, tongue = specification.text("title")
    if not title:
        raise CellError("missing_property", "title")
    spoken = _language(
        thing.code("defaultLanguage") or (specification.code("language") if specification else ""), tongue
    )
    nkr = _number(specification.code("EQFLevel") if specification else "", most=8)
    description = thing.text("description")[0] or (specification.text("description")[0] if specification else "")
    return Content(
        title=" ".join(title.split())[:200],
        provider=(_provider(thing) or provider)[:160],
        language=spoken,
        description=description[:5000],
        level=level_of_nkr(nkr) if nkr else "",
        nkr_level=nkr,
        municipality=_municipality(thing, places),
        delivery=tuple(dict.fromkeys(way for mode in thing.all("mode") for way in _ways(_last(mode.node)))),
        credits=_credits(specification) if specification else None,
        weeks=_weeks(thing),
        starts=_starts(thing),
        price_nok=_price(thing),
        url=_homepage(thing),
        isced=_isced(specification) if specification else "",
        outcomes=tuple(_outcomes(specification, spoken=spoken)) if specification else (),
    )


def _language(code: str, tongue: str) -> str:
    """ELM names it by the Publications Office's codes: NOB, NNO, ENG."""
    for said in (code, tongue):
        try:
            return read_language(said)
        except CellError:
            continue
    return "nb"


def _provider(thing: _Thing) -> str:
    names = (thing.text("providedBy", name)[0] for name in ("legalName", "prefLabel", "altLabel", "title"))
    return next((name for name in names if name), "")


def _municipality(thing: _Thing, places: MunicipalityCodes) -> str:
    for way in (("spatial",), ("location",), ("providedBy", "location")):
        place = thing.first(*way)
        if place is None:
            continue
        address = place.first("address")
        said = [
            place.text("geographicName")[0],
            *(address.text(name)[0] for name in ("postName", "fullAddress") if address),
        ]
        if code := next((code for one in said if one and (code := places.find(one))), None):
            return code
    return ""


def _ways(mode: str) -> tuple[Delivery, ...]:
    return _MODES.get(mode.casefold(), ())


def _number(said: str, *, most: int) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and 0 < int(said) <= most else None


def _credits(specification: _Thing) -> Decimal | None:
    said = specification.text("creditPoint", "point")[0]
    try:
        points = Decimal(said)
    except InvalidOperation:
        return None
    return round(points, 1).normalize() if points.is_finite() and 0 < points <= 1000 else None


def _weeks(thing: _Thing) -> int | None:
    found = _DURATION.fullmatch(thing.text("duration")[0])
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return min(1000, max(1, round(years * 52 + months * 52 / 12 + weeks + days / 7)))


def _starts(thing: _Thing) -> tuple[date, ...]:
    said = {start.node for period in thing.all("temporal") for start in period.all("startDate")}
    said |= {start.node for start in thing.all("startDate")}
    days = set()
    for one in said:
        try:
            days.add(date.fromisoformat(str(one)[:10]))
        except ValueError:
            continue
    return tuple(sorted(days))


def _price(thing: _Thing) -> int | None:
    """In kroner."""
    amount, unit = thing.text("priceDetail", "amount", "value")[0], thing.first("priceDetail", "amount", "unit")
    if re.fullmatch(r"\d{1,7}(?:\.\d+)?", amount) and (unit is None or _last(unit.node) == "NOK"):
        return round(float(amount))
    return None


def _homepage(thing: _Thing) -> str:
    page = thing.first("homepage")
    said = (page.text("contentUrl")[0] or str(page.node)) if page else ""
    return said if re.match(r"https?://[^\s<>\"]+$", said) and len(said) <= 200 else ""


def _isced(specification: _Thing) -> str:
    code = specification.code("ISCEDFCode")
    return code if re.fullmatch(r"\d{2,4}", code) else ""


def _outcomes(specification: _Thing, *, spoken: str) -> Iterator[OutcomeContent]:
    things = sorted(specification.all("learningOutcome"), key=lambda outcome: str(outcome.node))
    for outcome in things[:MOST_OUTCOMES]:
        text, tongue = outcome.text("title")
        skills = sorted(
            str(skill.node) for skill in outcome.all("relatedESCOSkill") if _ESCO_SKILL.fullmatch(str(skill.node))
        )
        if not text and skills:
            text, tongue = outcome.text("relatedESCOSkill", "prefLabel")
        if text:
            yield OutcomeContent(
                text=" ".join(text.split())[:MOST_OUTCOME_CHARACTERS],
                language=_language("", tongue) if tongue else outcome_language(text, spoken),
                skills=tuple(skills),
            )
