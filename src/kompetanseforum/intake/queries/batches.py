"""Reads: files that were sent, how far each has come, and what it brought in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.bringing import Item, Outcome
from kompetanseforum.intake.models import Batch, BatchState, Matching, Trace

# The largest file takes minutes. After this much silence whoever worked on it has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=15)
KEPT_UNSTORED = timedelta(days=7)
_AT_WORK = (BatchState.CHECKING, BatchState.STORING)
_WAITING = (BatchState.MATCHING, BatchState.CHECKED)


@dataclass(frozen=True, slots=True)
class BatchProgress:
    done: int
    total: int
    # Begun, not ended, and silent for long: nothing was stored.
    is_stopped: bool
    is_at_work: bool


def progress_key(public_id: str) -> str:
    return f"intake.batch.{public_id}"


def batch_by_id(public_id: str) -> Batch | None:
    return Batch.objects.filter(public_id=public_id).first()


def latest_batches(*, most: int) -> list[Batch]:
    return list(Batch.objects.order_by("-received_at", "-pk")[:most])


def progress_of(batch: Batch) -> BatchProgress:
    """From memory while the import's transaction is open, else from the table."""
    done, total = batch.done, batch.total
    if batch.state in _AT_WORK and (seen := cache.get(progress_key(batch.public_id))):
        done, total = seen
    is_stopped = batch.state in _AT_WORK and clock.now() - batch.changed_at > GIVEN_UP_AFTER
    return BatchProgress(
        done=done, total=total, is_stopped=is_stopped, is_at_work=batch.state in _AT_WORK and not is_stopped
    )


def batches_left() -> list[Batch]:
    """Sent long ago and never stored: their files take room for nothing."""
    return list(Batch.objects.filter(state__in=_WAITING, changed_at__lt=clock.now() - KEPT_UNSTORED))


def items_of(batch: Batch) -> list[Item]:
    """In the order in which they were brought in."""
    return [
        Item(
            row=trace.row,
            thing=Ref(trace.thing_kind, trace.thing_id),
            outcome=Outcome(trace.outcome),
            said=trace.said,
            version=trace.version,
        )
        for trace in batch.traces.all()
    ]


def evidence_of(things: Iterable[Ref]) -> dict[str, Trace]:
    """Public id → the newest file that brought it in, with the row it stood in; one query for all."""
    wanted = list(things)
    found = Trace.objects.filter(thing_kind__in={thing.kind for thing in wanted}, batch__undone_at=None)
    found = found.filter(thing_id__in=[thing.id for thing in wanted]).exclude(said={})
    return {trace.thing_id: trace for trace in found.select_related("batch").order_by("pk")}


def remembered(intake: str, name: str) -> Mapping[str, str]:
    """Heading → column, as somebody said of this source before."""
    row = Matching.objects.filter(intake=intake, name=name.casefold()).first()
    return row.columns if row else {}


def names_brought(intake: str) -> list[str]:
    """Sources that came before, for whoever sends from one again."""
    known = Batch.objects.filter(intake=intake, state=BatchState.DONE).exclude(name="")
    return list(known.order_by("name").values_list("name", flat=True).distinct())
