"""Reads: reports that were made, and how far one has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kompetanseforum.core import clock
from kompetanseforum.insight.models import MadeReport, MakingState

# Numbers, page, paper.
PARTS = 3
# It takes seconds. After this much silence whoever made it has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=3)
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Making:
    done: int
    is_ended: bool
    is_waiting: bool
    # Whether it may be asked for again.
    has_failed: bool


def made_by_id(public_id: str) -> MadeReport | None:
    return MadeReport.objects.filter(public_id=public_id).first()


def making_of(made: MadeReport) -> Making:
    is_stopped = made.state == MakingState.AT_WORK and clock.now() - made.changed_at > GIVEN_UP_AFTER
    has_failed = is_stopped or made.state == MakingState.FAILED
    return Making(
        done=made.done,
        is_ended=has_failed or made.state == MakingState.DONE,
        is_waiting=made.state == MakingState.WAITING,
        has_failed=has_failed,
    )


def made_before(days: int = KEPT_DAYS) -> list[MadeReport]:
    """Older than anybody was promised; without days, all."""
    return list(MadeReport.objects.filter(asked_at__lte=clock.now() - timedelta(days=days)).order_by("pk"))
