"""Reads for the front page and the desk: sums over needs, and who has not been heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.insight.queries.threads import ToldThread, threads_on_front
from kompetanseforum.needs.models import State, Voice
from kompetanseforum.needs.queries.filing import ALL, late_needs, tallied
from kompetanseforum.needs.queries.first_and_last import first_voiced_at, newest_in_words
from kompetanseforum.needs.queries.heard import heard_by_place
from kompetanseforum.needs.queries.shown import (
    ShownNeed,
    longest_owed,
    needs_with_voices,
    shown_needs,
)
from kompetanseforum.organisations.models import SizeClass

# Nobody heard from a place for so long is worth a word to somebody there.
SILENT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole forum in a sentence."""

    since_year: int | None
    workplaces: int
    needs: int
    met: int
    in_pilot: int
    late: int
    municipalities: int


def totals() -> Totals:
    return until_next_fact("home.totals", _totals)


def _totals() -> Totals:
    """From what is kept while needs are written: nothing is counted here but organisations that have spoken."""
    counts = tallied((ALL, f"tilstand:{State.MET}", f"tilstand:{State.IN_PILOT}"))
    first = first_voiced_at()
    heard = heard_by_place()
    return Totals(
        since_year=first.year if first else None,
        workplaces=sum(one.workplaces for one in heard.values()),
        needs=counts[ALL],
        met=counts[f"tilstand:{State.MET}"],
        in_pilot=counts[f"tilstand:{State.IN_PILOT}"],
        late=late_needs(),
        municipalities=len(heard.keys() - {None}),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality and how many workplaces there have voiced a need."""

    municipality: Municipality
    workplaces: int
    days_silent: int | None


def places() -> list[Place]:
    """All municipalities of the forum, in order of name; `days_silent` is None where nobody has ever spoken."""
    return until_next_fact("home.places", _places)


def _places() -> list[Place]:
    heard, now = heard_by_place(), clock.now()
    return [
        Place(
            municipality=place,
            workplaces=heard[place.code].workplaces if place.code in heard else 0,
            days_silent=(now - heard[place.code].last_at).days if place.code in heard else None,
        )
        for place in municipalities(county_code=this_forum().county_code)
    ]


@dataclass(frozen=True, slots=True)
class OnFront:
    """On the front page: three threads, the newest need, and those who have waited longest."""

    threads: list[ToldThread]
    newest: ShownNeed | None
    owed: list[ShownNeed]


_MOST_OWED = 3


def on_front(*, viewer: Viewer) -> OnFront:
    """The needs are found one by one, then fetched together, so that the page asks for voices and skills once."""
    newest, owed = newest_in_words(), longest_owed(most=_MOST_OWED)
    needs = needs_with_voices([*dict.fromkeys([*newest, *owed])])
    shown = {each.need.pk: each for each in shown_needs(needs, viewer=viewer)}
    return OnFront(
        threads=threads_on_front(viewer=viewer),
        newest=next((shown[pk] for pk in newest), None),
        owed=[shown[pk] for pk in owed],
    )


@dataclass(frozen=True, slots=True)
class Unheard:
    """Whom the forum has not heard: places that are silent, and how few of the voices are the smallest firms'."""

    places: list[Place]
    micro_voices: int
    voices: int


def unheard() -> Unheard:
    silent = [place for place in places() if place.days_silent is None or place.days_silent >= SILENT_DAYS]
    sums = until_next_fact("home.last_year", _voices_of_last_year)
    return Unheard(places=silent, micro_voices=sums["micro"], voices=sums["voices"])


def _voices_of_last_year() -> dict[str, int]:
    voices = Voice.objects.filter(withdrawn_at=None, voiced_at__gte=clock.now() - timedelta(days=365))
    micro = Count("pk", filter=Q(organisation__size=SizeClass.MICRO))
    return voices.aggregate(voices=Count("pk"), micro=micro)
