"""What an offer would say with the changes in it. A draft for the educator, who reads it and has the last word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kompetanseforum.codesign.models import Part, Topic
from kompetanseforum.offers.models import Delivery
from kompetanseforum.offers.queries.content import Content, OutcomeContent

_NUMBERS = {
    Topic.WEEKS: re.compile(r"(\d{1,3})\s*(?:uke|veke|week)", re.IGNORECASE),
    Topic.HOURS: re.compile(r"(\d{1,3})\s*(?:timer|timar|time|hours?)\s*(?:i|per|pr|a|each)\b", re.IGNORECASE),
    Topic.PLACES: re.compile(r"(\d{1,5})\s*(?:plass|place)", re.IGNORECASE),
}
# Words that tell how something is taught, in bokmål, nynorsk and English.
_WAYS = {
    Delivery.CLASSROOM: ("klasserom", "classroom"),
    Delivery.ONLINE: ("nett", "online"),
    Delivery.AT_WORK: ("jobben", "bedrift", "arbeidsplass", "at work"),
    Delivery.SIMULATION: ("simul",),
    Delivery.EVENING: ("kveld", "evening"),
    Delivery.GATHERINGS: ("samling", "gathering"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change as plain values."""

    part: str
    topic: str
    today: str
    proposal: str


def applied(content: Content, changes: Sequence[Wanted]) -> Content:
    """Outcomes are replaced or added, numbers and ways of teaching are read from the words; what no field can hold
    becomes a sentence of the description."""
    for change in changes:
        content = _applied(content, change)
    return content


def _applied(content: Content, change: Wanted) -> Content:
    if change.topic == Topic.OUTCOME or (change.part == Part.CONTENT and not change.topic):
        return _with_outcome(content, change)
    if change.topic == Topic.DESCRIPTION:
        return replace(content, description=change.proposal)
    if change.topic in _NUMBERS and (found := _NUMBERS[Topic(change.topic)].search(change.proposal)):
        return replace(content, **{change.topic: int(found[1])})
    if change.topic == Topic.DELIVERY and (ways := ways_in(change.proposal)):
        return replace(content, delivery=ways)
    return _with_sentence(content, change.proposal)


def _with_outcome(content: Content, change: Wanted) -> Content:
    new = OutcomeContent(text=change.proposal, language=content.language)
    texts = [outcome.text for outcome in content.outcomes]
    if change.today in texts:
        at = texts.index(change.today)
        return replace(content, outcomes=(*content.outcomes[:at], new, *content.outcomes[at + 1 :]))
    return replace(content, outcomes=(*content.outcomes, new)) if change.proposal not in texts else content


def ways_in(words: str) -> tuple[str, ...]:
    """Ways of teaching that the words name."""
    text = words.casefold()
    return tuple(way.value for way, names in _WAYS.items() if any(name in text for name in names))


def _with_sentence(content: Content, words: str) -> Content:
    sentence = words if words.endswith((".", "!", "?")) else f"{words}."
    if sentence in content.description:
        return content
    return replace(content, description=f"{content.description}\n{sentence}".strip())
