"""Reads: what was asked, what was tried, and what came of it, as anybody may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.queries.thread import ToldNeed, told_whole
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.queries.shown import learnt_last, newest_of_each, origins_of_many
from kompetanseforum.results.models import Result
from kompetanseforum.results.queries.origins import results_of_many


@dataclass(frozen=True, slots=True)
class ToldThread:
    """A pilot with the first need it tests and its first result; either may be missing."""

    asked: ToldNeed | None
    pilot: Pilot
    result: Result | None

    @property
    def is_stopped(self) -> bool:
        return self.pilot.decision == Decision.STOP

    @property
    def has_come_out(self) -> bool:
        return self.result is not None or bool(self.pilot.decision)


def told_threads(pilots: Sequence[Pilot], *, viewer: Viewer) -> list[ToldThread]:
    """As many queries for one as for many."""
    origins = origins_of_many([pilot.public_id for pilot in pilots])
    tested = {pilot: [one.id for one in refs if one.kind == "need"] for pilot, refs in origins.items()}
    needs = told_whole([one for ids in tested.values() for one in ids], viewer=viewer)
    results = results_of_many("pilot", [pilot.public_id for pilot in pilots])
    return [
        ToldThread(
            asked=next((needs[one] for one in tested.get(pilot.public_id, []) if one in needs), None),
            pilot=pilot,
            result=next(iter(results.get(pilot.public_id, [])), None),
        )
        for pilot in pilots
    ]


def threads_on_front(*, viewer: Viewer) -> list[ToldThread]:
    """One that came out, one that was stopped, one that goes on: of each the one that changed last, in that order."""
    rows = newest_of_each(("going", *Decision.values), most=5)
    chosen: list[Pilot] = []
    for state in (Decision.SCALE, Decision.STOP, ""):
        # Those with learnings first: a stopped trial is told by what it taught.
        chosen += sorted(
            (pilot for pilot in rows if pilot.decision == state), key=lambda pilot: not learnt_last(pilot)
        )[:1]
    return told_threads(chosen, viewer=viewer)
