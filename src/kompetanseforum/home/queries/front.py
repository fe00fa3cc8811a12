"""Reads for the front page and the desk: sums over needs, and who has not been heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.insight.queries.threads import ToldThread, threads_on_front
from kompetanseforum.needs.models import CLOSED_STATES, Need, State, Voice
from kompetanseforum.needs.queries.shown import ShownNeed, needs_with_voices, shown_needs
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
    shown = Q(held_reason="") & ~Q(state=State.WITHDRAWN)
    sums = Need.objects.filter(shown).aggregate(
        needs=Count("pk"),
        met=Count("pk", filter=Q(state=State.MET)),
        in_pilot=Count("pk", filter=Q(state=State.IN_PILOT)),
        late=Count("pk", filter=Q(next_answer_on__lt=clock.today()) & ~Q(state__in=CLOSED_STATES)),
        first=Min("voiced_at"),
    )
    voices = Voice.objects.filter(withdrawn_at=None, need__held_reason="").aggregate(
        workplaces=Count("organisation", distinct=True),
        municipalities=Count("organisation__municipality", distinct=True),
    )
    first = sums.pop("first")
    return Totals(since_year=first.year if first else None, **sums, **voices)


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
    rows = (
        Voice.objects.filter(withdrawn_at=None, need__held_reason="")
        .values("organisation__municipality__code")
        .annotate(workplaces=Count("organisation", distinct=True), last=Max("voiced_at"))
    )
    counts = {row["organisation__municipality__code"]: row for row in rows}
    now = clock.now()
    return [
        Place(
            municipality=place,
            workplaces=counts[place.code]["workplaces"] if place.code in counts else 0,
            days_silent=(now - counts[place.code]["last"]).days if place.code in counts else None,
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
    in_words = Need.objects.filter(held_reason="", voices__words_are_public=True, voices__withdrawn_at=None)
    newest = _first(in_words.exclude(state=State.WITHDRAWN).order_by("-voiced_at"))
    late = Need.objects.filter(held_reason="", next_answer_on__lt=clock.today()).exclude(state__in=CLOSED_STATES)
    owed = list(late.order_by("next_answer_on", "voiced_at").values_list("pk", flat=True)[:_MOST_OWED])
    needs = needs_with_voices([*dict.fromkeys([*newest, *owed])])
    shown = {each.need.pk: each for each in shown_needs(needs, viewer=viewer)}
    return OnFront(
        threads=threads_on_front(viewer=viewer),
        newest=next((shown[pk] for pk in newest), None),
        owed=[shown[pk] for pk in owed],
    )


def _first(needs: QuerySet[Need]) -> list[int]:
    return list(needs.values_list("pk", flat=True)[:1])


@dataclass(frozen=True, slots=True)
class Unheard:
    """Whom the forum has not heard: places that are silent, and how few of the voices are the smallest firms'."""

    places: list[Place]
    micro_voices: int
    voices: int


def unheard() -> Unheard:
    silent = [place for place in places() if place.days_silent is None or place.days_silent >= SILENT_DAYS]
    sums = Voice.objects.filter(withdrawn_at=None, voiced_at__gte=clock.now() - timedelta(days=365)).aggregate(
        voices=Count("pk"), micro=Count("pk", filter=Q(organisation__size=SizeClass.MICRO))
    )
    return Unheard(places=silent, micro_voices=sums["micro"], voices=sums["voices"])
