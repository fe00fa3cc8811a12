"""Reads: pilots as they stand, one or many, with what they test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core import clock
from kompetanseforum.core.counted import read_once
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import day
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.shown import needs_by_id
from kompetanseforum.organisations.queries import name_of
from kompetanseforum.pilots.models import Decision, Entry, Learning, Pilot
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import in_thread, straight_down, straight_up


def _pilots() -> QuerySet[Pilot]:
    """With what was learnt last, in words; all of it is read where it is told."""
    return _built().all()


@cache
def _built() -> QuerySet[Pilot]:
    """Never asked itself: to put it together takes as long as to ask it."""
    learnt = Subquery(Learning.objects.filter(pilot=OuterRef("pk")).values("words")[:1])
    return Pilot.objects.select_related("organisation__municipality", "owner").annotate(learnt=learnt)


def learnt_last(pilot: Pilot) -> str:
    """Of a pilot that was read here."""
    words: str | None = getattr(pilot, "learnt", None)
    return words or ""


def pilot_by_id(public_id: str) -> Pilot | None:
    return next(iter(pilots_with_ids([public_id])), None)


def pilot_by_sending_key(key: str) -> Pilot | None:
    return Pilot.objects.filter(sending_key=key).first()


def pilots_with_ids(ids: Sequence[str]) -> list[Pilot]:
    return list(read_once("pilot", ids, _read).values())


def _read(ids: Sequence[str]) -> dict[str, Pilot]:
    return {pilot.public_id: pilot for pilot in _pilots().filter(public_id__in=ids)}


def _tests(**of: object) -> QuerySet[Edge]:
    return Edge.objects.filter(relation=Relation.TESTED_BY, downstream_kind="pilot", taken_back_at=None, **of)


def pilots_of(origin: Ref) -> list[Pilot]:
    """Those that test it, the newest first."""
    straight = set(straight_down(origin, relation=Relation.TESTED_BY, kind="pilot"))
    near = pilots_with_ids(in_thread(origin, kind="pilot")) if straight else []
    found = [pilot for pilot in near if pilot.public_id in straight]
    return sorted(found, key=lambda pilot: pilot.begins_on, reverse=True)


def origins_of_many(ids: Iterable[str]) -> dict[str, list[Ref]]:
    """Id of a pilot → what it tests; one query for all."""
    found: dict[str, list[Ref]] = {}
    for edge in _tests(downstream_id__in=list(ids)).order_by("pk"):
        found.setdefault(edge.downstream_id, []).append(edge.upstream)
    return found


def _needs_among(origins: Mapping[str, Sequence[Ref]]) -> dict[str, list[Need]]:
    ids = [origin.id for refs in origins.values() for origin in refs if origin.kind == "need"]
    needs = needs_by_id(ids) if ids else {}
    return {
        pilot_id: list({needs[one.id].pk: needs[one.id] for one in refs if one.id in needs}.values())
        for pilot_id, refs in origins.items()
    }


def needs_tested(pilot: Pilot) -> list[Need]:
    return _needs_among({pilot.public_id: straight_up(ref(pilot), relation=Relation.TESTED_BY)})[pilot.public_id]


def all_pilots(state: str = "") -> QuerySet[Pilot]:
    """`going` those that are not decided, else a decision, else all; those that changed last come first."""
    pilots = _pilots()
    if state == "going":
        return pilots.filter(decision="")
    return pilots.filter(decision=state) if state in Decision.values else pilots


def newest_of_each(states: Iterable[str], *, most: int) -> list[Pilot]:
    """The `most` of each state that changed last, all with one question."""
    wanted = Q()
    for state in states:
        wanted |= Q(pk__in=all_pilots(state).values("pk")[:most])
    return list(_pilots().filter(wanted))


def log_of(pilot: Pilot) -> list[Entry]:
    return list(pilot.entries.select_related("by"))


def entry_by_id(public_id: str) -> Entry | None:
    return Entry.objects.select_related("pilot__owner", "pilot__organisation").filter(public_id=public_id).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a pilot has come: a shape of `ui/state.html`, a word, and when."""

    shape: str
    word: str
    when: str


def standing(pilot: Pilot) -> Standing:
    if pilot.decision:
        shape = {Decision.SCALE: "met", Decision.ADJUST: "answered", Decision.STOP: "stopped"}[Decision(pilot.decision)]
        return Standing(shape, str(Decision(pilot.decision).label), day(pilot.decided_on or pilot.begins_on))
    if pilot.begins_on > clock.today():
        return Standing("heard", _("Planned"), _("From %(date)s") % {"date": day(pilot.begins_on)})
    if pilot.ends_on:
        return Standing("in_pilot", _("Being tried"), _("Until %(date)s") % {"date": day(pilot.ends_on)})
    return Standing("in_pilot", _("Being tried"), _("From %(date)s") % {"date": day(pilot.begins_on)})


def where(pilot: Pilot) -> str:
    return name_of(pilot.organisation) if pilot.organisation else ""
