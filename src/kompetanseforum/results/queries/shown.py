"""Reads: results with what stands behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from kompetanse.refs import Ref
from kompetanseforum.core.beside import how_many
from kompetanseforum.core.counted import read_once
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.queries.shown import all_pilots
from kompetanseforum.results.models import Confirmation, Evidence, GoodFor, Reply, Result, Strength
from kompetanseforum.results.rules import strength

_SHAPES = {Strength.CLAIMED: "heard", Strength.CONFIRMED: "answered", Strength.DOCUMENTED: "met"}


def _results() -> QuerySet[Result]:
    """With how many said yes and no, and how much there is to look up."""
    return _built().all()


@cache
def _built() -> QuerySet[Result]:
    """Never asked itself: to put it together takes as long as to ask it."""
    return _counted(Result.objects.select_related("organisation__municipality", "recorded_by"))


def _counted(results: QuerySet[Result]) -> QuerySet[Result]:
    return results.annotate(
        yes=how_many(Confirmation.objects.filter(reply=Reply.YES), "result"),
        no=how_many(Confirmation.objects.filter(reply=Reply.NO), "result"),
        pieces=how_many(Evidence.objects.all(), "result"),
    )


def result_by_id(public_id: str) -> Result | None:
    return _results().filter(public_id=public_id).first()


def result_by_sending_key(key: str) -> Result | None:
    return Result.objects.filter(sending_key=key).first()


def published_results() -> QuerySet[Result]:
    return _results().exclude(published_at=None)


def newest_result() -> Result | None:
    """The good change that was published last."""
    return Result.objects.filter(is_good=True).exclude(published_at=None).order_by("-published_at").first()


def results_with_ids(ids: Sequence[str]) -> list[Result]:
    return list(read_once("result", ids, _read).values())


def _read(ids: Sequence[str]) -> dict[str, Result]:
    return {result.public_id: result for result in _results().filter(public_id__in=ids)}


def waiting_results(viewer: Viewer) -> list[Result]:
    """Not published yet: all for coordinators, else what the viewer wrote."""
    if viewer.person is None:
        return []
    rows = _results().filter(published_at=None).order_by("pk")
    if not viewer.is_a("coordinator"):
        rows = rows.filter(recorded_by__public_id=viewer.person.id)
    return list(rows)


# Kind of row, its key, and its day.
Key = tuple[str, int, date]


def came_out(*, with_results: bool, with_stopped: bool) -> QuerySet[Any, Key]:
    """Keys of published results and of stopped pilots, the newest first, for `came_out_rows`; the database pages them."""
    fields = ("kind_of_row", "pk", "day")
    changed = Result.objects.exclude(published_at=None).order_by()
    changed_keys = changed.annotate(kind_of_row=Value("result"), day=F("on")).values_list(*fields)
    stopped = Pilot.objects.filter(decision=Decision.STOP).order_by()
    stopped_keys = stopped.annotate(kind_of_row=Value("pilot"), day=Coalesce("decided_on", "begins_on")).values_list(
        *fields
    )
    # Any: rows of two tables.
    both: Any = changed_keys.union(stopped_keys, all=True) if with_results and with_stopped else None
    one: Any = changed_keys if with_results else stopped_keys
    found: QuerySet[Any, Key] = (
        both.order_by("-day", "kind_of_row", "-pk") if both is not None else one.order_by("-day", "-pk")
    )
    return found


def came_out_rows(keys: Sequence[Key]) -> tuple[list[Result], list[Pilot]]:
    """The rows of one page of `came_out`."""
    results = _results().filter(pk__in=[pk for kind, pk, _day in keys if kind == "result"])
    stopped = all_pilots(Decision.STOP).filter(pk__in=[pk for kind, pk, _day in keys if kind == "pilot"])
    return list(results), list(stopped)


def strengths_of_all() -> Counter[Strength]:
    """How many published results have come how far."""
    published = _counted(Result.objects.exclude(published_at=None).order_by())
    rows = published.values_list("yes", "no", "pieces", "also_because")  # type: ignore[misc]  # counted beside
    return Counter(
        strength(yes=yes, no=no, evidence=pieces, is_alternative_told=bool(other.strip()))
        for yes, no, pieces, other in rows
    )


def strength_of(result: Result) -> Strength:
    """Of a result that these queries have found; it asks the database nothing."""
    return strength(
        yes=result.yes,  # type: ignore[attr-defined]
        no=result.no,  # type: ignore[attr-defined]
        evidence=result.pieces,  # type: ignore[attr-defined]
        is_alternative_told=bool(result.also_because.strip()),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How strong: a shape of `ui/state.html` and a word."""

    shape: str
    word: str


def standing(result: Result) -> Standing:
    how = strength_of(result)
    return Standing(_SHAPES[how], str(how.label))


def good_for(result: Result) -> list[str]:
    return [str(GoodFor(value).label) for value in result.good_for if value in GoodFor.values]


def copy_about(person: Ref) -> Mapping[str, object]:
    """What a person has recorded, for their own copy."""
    recorded = Result.objects.filter(recorded_by__public_id=person.id)
    return {"results": [{"what": one.what, "recorded_at": one.recorded_at.isoformat()} for one in recorded]}
