"""Reads: what an offer says today, line by line, in the three columns."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanseforum.codesign.models import Part, Topic
from kompetanseforum.core.text import day
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, content_of
from kompetanseforum.offers.queries.words import (
    delivery_words,
    hours_words,
    level_and_nkr_words,
    places_words,
    weeks_words,
)

MOST_OUTCOMES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the offer says. `key` stands in a form: the topic, and for outcomes which one."""

    part: Part
    topic: Topic
    text: str
    number: int = 0

    @property
    def key(self) -> str:
        return f"{self.topic.value}-{self.number}"


def lines_of(offer: Offer | None) -> list[Line]:
    """What may be changed, in the order it is read; nothing where there is no offer yet."""
    return _lines(content_of(offer)) if offer else []


def _lines(content: Content) -> list[Line]:
    found = [
        Line(Part.CONTENT, Topic.OUTCOME, outcome.text, number)
        for number, outcome in enumerate(content.outcomes[:MOST_OUTCOMES])
    ]
    rest = [
        (Part.CONTENT, Topic.LEVEL, level_and_nkr_words(content)),
        (Part.CONTENT, Topic.DESCRIPTION, content.description),
        (Part.STRUCTURE, Topic.WEEKS, weeks_words(content.weeks) if content.weeks else ""),
        (Part.STRUCTURE, Topic.HOURS, hours_words(content.hours_per_week) if content.hours_per_week else ""),
        (Part.STRUCTURE, Topic.STARTS, ", ".join(day(start) for start in content.starts)),
        (Part.STRUCTURE, Topic.PLACES, places_words(content.places_per_year)),
        (Part.METHOD, Topic.DELIVERY, delivery_words(content.delivery)),
    ]
    return [*found, *(Line(part, topic, text[:500]) for part, topic, text in rest if text)]


def line_by_key(offer: Offer | None, key: str) -> Line | None:
    return next((line for line in lines_of(offer) if line.key == key), None)
