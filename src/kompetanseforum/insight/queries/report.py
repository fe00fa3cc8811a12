"""Reads: what came out of it in a period. Holds only what anybody may see, whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.queries.shown import seen_anchorings
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.counted import keep_read
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import cycles_in, this_forum
from kompetanseforum.insight.queries.threads import ToldThread, told_threads
from kompetanseforum.needs.models import CLOSED_STATES, Answer, Need, State, Voice
from kompetanseforum.organisations.models import Sector, SizeClass
from kompetanseforum.organisations.queries.taking_part import ShownMember, members_of_each
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.queries.shown import all_pilots
from kompetanseforum.results.models import Result
from kompetanseforum.results.queries.shown import published_results

# Below so many a number points at somebody.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first day's beginning until the last one's end, where the forum is."""
        start = timezone.make_aware(datetime.combine(self.first, time.min))
        return start, timezone.make_aware(datetime.combine(self.last, time.max))


def last_half_year() -> Period:
    return Period(first=clock.today() - timedelta(days=182), last=clock.today())


@dataclass(frozen=True, slots=True)
class Heard:
    """A group and how many of the organisations that spoke are of it; None where they are too few to tell."""

    label: str
    organisations: int | None
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Sums:
    needs: int
    voices: int
    organisations: int
    municipalities: int
    met: int
    not_met: int
    # As it stands today, whatever the period.
    in_pilot: int
    waiting: int
    late: int
    # Of all, however many the report names.
    tried: int
    stopped: int
    changes: int
    anchorings: int


@dataclass(frozen=True, slots=True)
class ToldCycle:
    """A period of the forum's, and who takes part in it."""

    cycle: Cycle
    members: list[ShownMember]


@dataclass(frozen=True, slots=True)
class Report:
    """Its lists hold the newest, or all; its sums count all."""

    period: Period
    sums: Sums
    threads: list[ToldThread]
    results: list[Result]
    stopped: list[Pilot]
    anchorings: list[Anchoring]
    sectors: list[Heard]
    sizes: list[Heard]
    places: list[Heard]
    # The forum's own periods that fall in it.
    cycles: list[ToldCycle]

    @property
    def is_empty(self) -> bool:
        sums = self.sums
        return not (sums.needs or sums.tried or sums.changes or sums.anchorings)


def report_of(period: Period, *, most_threads: int | None = None, most_rows: int | None = None) -> Report:
    """With all threads and rows, or so many of each; the numbers are of all."""
    tried = _pilots_in(period)
    stopped = [key for key in tried if key.decision == Decision.STOP]
    told = {pilot.pk: pilot for pilot in _pilots({*tried[:most_threads], *stopped[:most_rows]})}
    anchored = seen_anchorings(NOBODY).filter(changed_at__range=period.moments)
    anchorings = list(anchored[:most_rows])
    results = published_results().filter(on__range=(period.first, period.last))
    changes = list(results[:most_rows])
    keep_read("result", {result.public_id: result for result in changes})
    counts = {
        "tried": len(tried),
        "stopped": len(stopped),
        "changes": results.count() if len(changes) == most_rows else len(changes),
        "anchorings": anchored.count() if len(anchorings) == most_rows else len(anchorings),
    }
    spoke = _spoke_in(period)
    by_group = _by_group(spoke)
    return Report(
        period=period,
        sums=_sums(period, spoke, counts),
        threads=told_threads([told[key.pk] for key in tried[:most_threads]], viewer=NOBODY),
        results=changes,
        stopped=[told[key.pk] for key in stopped[:most_rows]],
        anchorings=anchorings,
        sectors=_heard(by_group.sectors, Sector.choices),
        sizes=_heard(by_group.sizes, SizeClass.choices),
        places=_heard(
            by_group.places,
            [(one.code, one.name) for one in municipalities(county_code=this_forum().county_code)],
        ),
        cycles=_cycles_in(period),
    )


def _cycles_in(period: Period) -> list[ToldCycle]:
    cycles = cycles_in(period.first, period.last)
    members = members_of_each(cycles, viewer=NOBODY)
    return [ToldCycle(one, members.get(one.pk, [])) for one in cycles]


class _Tried(NamedTuple):
    """A pilot by its key; those that are told are read whole."""

    pk: int
    decision: str
    decided_on: date | None
    begins_on: date


def _pilots_in(period: Period) -> list[_Tried]:
    """Going on at some time in it, or decided in it; what was decided last comes first, then what goes on."""
    begun = Q(begins_on__lte=period.last)
    still = Q(decision="") | Q(decided_on__gte=period.first)
    rows = Pilot.objects.filter(begun & still).values_list("pk", "decision", "decided_on", "begins_on")
    tried = [_Tried(*row) for row in rows]
    return sorted(tried, key=lambda one: (not one.decision, -(one.decided_on or one.begins_on).toordinal()))


def _pilots(keys: Collection[_Tried]) -> list[Pilot]:
    return list(all_pilots().filter(pk__in=[key.pk for key in keys]))


def _sums(period: Period, spoke: Sequence[_Spoke], counts: Mapping[str, int]) -> Sums:
    told = Answer.objects.filter(need=OuterRef("pk"), at__range=period.moments)
    # The need's own state first: only those few are looked up among the answers.
    is_met = Q(state=State.MET) & Q(Exists(told.filter(state=State.MET)))
    is_not_met = Q(state=State.NOT_MET) & Q(Exists(told.filter(state=State.NOT_MET)))
    still_open = ~Q(state__in=CLOSED_STATES)
    needs = Need.objects.filter(held_reason="").exclude(state=State.WITHDRAWN)
    now = needs.aggregate(
        needs=Count("pk", filter=Q(voiced_at__range=period.moments)),
        in_pilot=Count("pk", filter=Q(state=State.IN_PILOT)),
        waiting=Count("pk", filter=still_open),
        late=Count("pk", filter=Q(next_answer_on__lt=clock.today()) & still_open),
        met=Count("pk", filter=is_met),
        not_met=Count("pk", filter=is_not_met),
    )
    return Sums(
        voices=sum(one.voices for one in spoke),
        organisations=sum(one.organisations for one in spoke),
        municipalities=len({one.place for one in spoke if one.place}),
        **now,
        **counts,
    )


class _Spoke(NamedTuple):
    """Organisations alike that spoke, how many they are, and how often they did; `organisations` is 0 for voices of
    which nobody said whose they are."""

    sector: str | None
    size: str | None
    place: str | None
    organisations: int
    voices: int


def _spoke_in(period: Period) -> list[_Spoke]:
    """A few hundred groups, however many spoke."""
    # What is held is little: asked for by itself, the voices are read in the order they lie, and not need by need.
    held = Need.objects.exclude(held_reason="").values("pk")
    voices = Voice.objects.filter(withdrawn_at=None, voiced_at__range=period.moments).exclude(need__in=held)
    rows = voices.order_by().values_list(
        "organisation__sector", "organisation__size", "organisation__municipality__code"
    )
    return [_Spoke(*row) for row in rows.annotate(Count("organisation", distinct=True), Count("pk"))]


class _Groups(NamedTuple):
    """Value → organisations; each counts once."""

    sectors: Counter[str]
    sizes: Counter[str]
    places: Counter[str]


def _by_group(spoke: Sequence[_Spoke]) -> _Groups:
    groups = _Groups(Counter(), Counter(), Counter())
    for one in spoke:
        groups.sectors[one.sector or ""] += one.organisations
        groups.sizes[one.size or ""] += one.organisations
        groups.places[one.place or ""] += one.organisations
    return groups


def _heard(counts: Counter[str], groups: Sequence[tuple[str, object]]) -> list[Heard]:
    """All groups, the most heard first; those nobody has heard stand there too."""
    rows = [(str(label), counts.get(str(value), 0)) for value, label in groups]
    rows += [(_("Not said"), counts[""])] if counts.get("") else []
    ordered = sorted(rows, key=lambda row: (-row[1] if row[1] >= FEWEST else 0, row[1] == 0, row[0]))
    return [
        Heard(label=label, organisations=number if number == 0 or number >= FEWEST else None, is_silent=number == 0)
        for label, number in ordered
    ]
