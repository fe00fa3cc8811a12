"""Reads: a catalogue beside what is there from the same source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kompetanseforum.core.bringing import Outcome
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, content_of
from kompetanseforum.offers.queries.shown import with_parts

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """One offer as its source has it."""

    source_id: str
    content: Content


@dataclass(frozen=True, slots=True)
class Tally:
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def portions(offers: Sequence[Brought], size: int = _AT_ONCE) -> Iterator[tuple[int, Sequence[Brought]]]:
    """How many are done after each portion, and the portion."""
    for start in range(0, len(offers), size):
        some = offers[start : start + size]
        yield start + len(some), some


def known_by_source(offers: Sequence[Brought], *, source: str) -> dict[str, Offer]:
    rows = with_parts().filter(source=source, source_id__in=[one.source_id for one in offers])
    return {row.source_id: row for row in rows}


def known_ids(source: str) -> set[str]:
    return set(Offer.objects.filter(source=source).values_list("source_id", flat=True))


def each_compared(offers: Sequence[Brought], *, source: str) -> Iterator[tuple[Brought, Outcome]]:
    """What bringing each of them would do."""
    for _, some in portions(offers):
        known = known_by_source(some, source=source)
        for one in some:
            row = known.get(one.source_id)
            if row is None:
                yield one, Outcome.NEW
            else:
                yield one, Outcome.UNCHANGED if content_of(row) == one.content else Outcome.CHANGED
