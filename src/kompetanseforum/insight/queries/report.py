"""Reads: what came out of it in a period. Holds only what anybody may see, whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.queries.shown import seen_anchorings
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import cycles_in, this_forum
from kompetanseforum.insight.queries.threads import ToldThread, told_threads
from kompetanseforum.needs.models import CLOSED_STATES, Answer, Need, State, Voice
from kompetanseforum.organisations.models import Sector, SizeClass
from kompetanseforum.pilots.models import Pilot
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
    cycles: list[Cycle]

    @property
    def is_empty(self) -> bool:
        sums = self.sums
        return not (sums.needs or sums.tried or sums.changes or sums.anchorings)


def report_of(period: Period, *, most_threads: int | None = None, most_rows: int | None = None) -> Report:
    """With all threads and rows, or so many of each; the numbers are of all."""
    tried = _pilots_in(period)
    stopped = [pilot for pilot in tried if pilot.decision == "stop"]
    anchorings = list(seen_anchorings(NOBODY).filter(changed_at__range=period.moments))
    results = published_results().filter(on__range=(period.first, period.last))
    changes = list(results[:most_rows]) if most_rows else list(results)
    counts = {
        "tried": len(tried),
        "stopped": len(stopped),
        "changes": results.count() if most_rows and len(changes) == most_rows else len(changes),
        "anchorings": len(anchorings),
    }
    by_group = _organisations_heard(period)
    return Report(
        period=period,
        sums=_sums(period, counts),
        threads=told_threads(tried[:most_threads], viewer=NOBODY),
        results=changes,
        stopped=stopped[:most_rows],
        anchorings=anchorings[:most_rows],
        sectors=_heard(by_group["sector"], Sector.choices),
        sizes=_heard(by_group["size"], SizeClass.choices),
        places=_heard(
            by_group["municipality__code"],
            [(one.code, one.name) for one in municipalities(county_code=this_forum().county_code)],
        ),
        cycles=cycles_in(period.first, period.last),
    )


def _pilots_in(period: Period) -> list[Pilot]:
    """Going on at some time in it, or decided in it; what was decided last comes first, then what goes on."""
    begun = Q(begins_on__lte=period.last)
    still = Q(decision="") | Q(decided_on__gte=period.first)
    rows = list(all_pilots().filter(begun & still))
    return sorted(rows, key=lambda pilot: (not pilot.decision, -(pilot.decided_on or pilot.begins_on).toordinal()))


def _sums(period: Period, counts: Mapping[str, int]) -> Sums:
    open_to_all = Need.objects.filter(held_reason="").exclude(state=State.WITHDRAWN)
    now = open_to_all.aggregate(
        needs=Count("pk", filter=Q(voiced_at__range=period.moments)),
        in_pilot=Count("pk", filter=Q(state=State.IN_PILOT)),
        waiting=Count("pk", filter=~Q(state__in=CLOSED_STATES)),
        late=Count("pk", filter=Q(next_answer_on__lt=clock.today()) & ~Q(state__in=CLOSED_STATES)),
    )
    ended = Answer.objects.filter(at__range=period.moments, need__held_reason="").aggregate(
        met=Count("need", filter=Q(state=State.MET, need__state=State.MET), distinct=True),
        not_met=Count("need", filter=Q(state=State.NOT_MET, need__state=State.NOT_MET), distinct=True),
    )
    voices = _voices_in(period).aggregate(
        voices=Count("pk"),
        organisations=Count("organisation", distinct=True),
        municipalities=Count("organisation__municipality", distinct=True),
    )
    return Sums(**now, **ended, **voices, **counts)


def _voices_in(period: Period) -> QuerySet[Voice]:
    return Voice.objects.filter(withdrawn_at=None, need__held_reason="", voiced_at__range=period.moments)


def _organisations_heard(period: Period) -> dict[str, Counter[str]]:
    """Group → value → organisations; each counts once."""
    fields = ("organisation__sector", "organisation__size", "organisation__municipality__code")
    rows = (
        _voices_in(period)
        .exclude(organisation=None)
        .order_by("organisation")
        .values_list("organisation", *fields)
        .distinct()
    )
    found = {name.removeprefix("organisation__"): Counter[str]() for name in fields}
    for _organisation, *values in rows:
        for counter, value in zip(found.values(), values, strict=True):
            counter[value or ""] += 1
    return found


def _heard(counts: Counter[str], groups: Sequence[tuple[str, object]]) -> list[Heard]:
    """All groups, the most heard first; those nobody has heard stand there too."""
    rows = [(str(label), counts.get(str(value), 0)) for value, label in groups]
    rows += [(_("Not said"), counts[""])] if counts.get("") else []
    ordered = sorted(rows, key=lambda row: (-row[1] if row[1] >= FEWEST else 0, row[1] == 0, row[0]))
    return [
        Heard(label=label, organisations=number if number == 0 or number >= FEWEST else None, is_silent=number == 0)
        for label, number in ordered
    ]
