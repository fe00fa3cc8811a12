"""Writes: the forum's periods. A new one ends the one before, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.facts import CycleChanged, CycleEnded, CycleStarted
from kompetanseforum.forum.models import Cycle, Forum


@dataclass(frozen=True, slots=True)
class Period:
    """What a period is: its days, and what comes first in it."""

    title: str
    starts_on: date
    ends_on: date
    priorities: str = ""
    method: str = ""
    summary: str = ""


def start_cycle(*, period: Period, by: Viewer) -> Cycle:
    """The open one ends. The same period started twice in a row is one."""
    with transaction.atomic():
        # Two who start one in the same moment wait for each other here.
        Forum.objects.select_for_update().get(pk=1)
        for known in Cycle.objects.filter(is_open=True):
            if (known.title, known.starts_on) == (period.title.strip(), period.starts_on):
                return known
            end_cycle(known, by=by)
        cycle = Cycle(started_at=clock.now())
        _fill(cycle, period)
        cycle.save()
        publish(CycleStarted(cycle=ref(cycle)), by=by.actor, about=ref(cycle))
    return cycle


def change_cycle(cycle: Cycle, *, period: Period, by: Viewer) -> None:
    """An ended one may still get its summary."""
    with transaction.atomic():
        _fill(cycle, period)
        cycle.save()
        publish(CycleChanged(cycle=ref(cycle)), by=by.actor, about=ref(cycle))


def end_cycle(cycle: Cycle, *, by: Viewer) -> None:
    if not cycle.is_open:
        return
    with transaction.atomic():
        cycle.is_open, cycle.ended_at = False, clock.now()
        cycle.save(update_fields=["is_open", "ended_at"])
        publish(CycleEnded(cycle=ref(cycle)), by=by.actor, about=ref(cycle))


def _fill(cycle: Cycle, period: Period) -> None:
    cycle.title, cycle.starts_on, cycle.ends_on = period.title.strip(), period.starts_on, period.ends_on
    cycle.priorities, cycle.summary = period.priorities.strip(), period.summary.strip()
    cycle.method = period.method.strip()
