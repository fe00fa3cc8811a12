"""Writes: a file from when it is sent until it is brought in, or undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.core.cache import cache
from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.bringing import Intake, Item, Line, Outcome, Reading, Undoing
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.core.tables import Problem
from kompetanseforum.intake.facts import BatchBroughtIn, BatchUndone
from kompetanseforum.intake.models import Batch, BatchState, Feed, Matching, Trace
from kompetanseforum.intake.queries import items_of, progress_key

# More rows than this with errors are counted, not listed: the first ones tell what is wrong.
MOST_PROBLEMS = 100
# What a dry run shows of the file; the rest is counted.
MOST_LINES = 30
_AT_ONCE = 500

Enqueue = Callable[[str], object]


def start_batch(
    *,
    public_id: str,
    intake: str,
    name: str,
    file_name: str,
    stored_as: str,
    matching: Mapping[str, str],
    by: Ref | None,
    feed: Feed | None = None,
) -> Batch:
    now = clock.now()
    return Batch.objects.create(
        public_id=public_id,
        intake=intake,
        name=name[:80],
        file_name=file_name[:200],
        stored_as=stored_as,
        matching=dict(matching),
        by=str(by or ""),
        feed=feed,
        received_at=now,
        changed_at=now,
    )


def note_progress(batch: Batch, *, done: int, total: int) -> None:
    """Inside the import's own transaction nobody could see the row, so there it is kept in memory."""
    if transaction.get_connection().in_atomic_block:
        cache.set(progress_key(batch.public_id), (done, total), timeout=600)
        return
    Batch.objects.filter(pk=batch.pk).update(done=done, total=total, changed_at=clock.now())


def note_headings(batch: Batch, *, headings: Sequence[tuple[str, Sequence[str]]], needs_a_person: bool) -> None:
    """What the columns are called, with their first cells. A person is asked where the guess will not do."""
    state = {"state": BatchState.MATCHING} if needs_a_person else {}
    _note(batch, headings=[[heading, list(cells)] for heading, cells in headings], **state)


def choose_columns(batch: Batch, *, matching: Mapping[str, str]) -> bool:
    """As a person has said; remembered for the next file of the source. It must be checked anew."""
    with transaction.atomic():
        open_ones = Batch.objects.filter(pk=batch.pk, state__in=(BatchState.MATCHING, BatchState.CHECKED))
        if not open_ones.update(matching=dict(matching), state=BatchState.CHECKING, changed_at=clock.now()):
            return False
        Matching.objects.update_or_create(
            intake=batch.intake,
            name=batch.name.casefold(),
            defaults={"columns": dict(matching), "changed_at": clock.now()},
        )
    return True


def note_checked(batch: Batch, *, reading: Reading, lines: Sequence[Line]) -> None:
    """What the file would do."""
    changing = [line for line in lines if line.outcome != Outcome.UNCHANGED]
    _note(
        batch,
        state=BatchState.CHECKED,
        counts=_counts(reading, (line.outcome for line in lines)),
        lines=[[line.row, line.title[:200], line.note[:200], line.outcome] for line in changing[:MOST_LINES]],
        problems=[_row(problem) for problem in reading.problems[:MOST_PROBLEMS]],
        unknown=list(reading.unknown),
    )


def _counts(reading: Reading, outcomes: Iterable[Outcome]) -> dict[str, int]:
    found = Counter(outcomes)
    wrong = {problem.row for problem in reading.problems}
    return {outcome.value: found[outcome] for outcome in Outcome} | {"errors": len(wrong), "rows": reading.rows}


def accept_batch(batch: Batch, *, enqueue: Enqueue) -> bool:
    """Put its import in the queue in the same transaction. False when it was pressed before."""
    with transaction.atomic():
        checked = Batch.objects.filter(pk=batch.pk, state=BatchState.CHECKED)
        if not checked.update(state=BatchState.STORING, done=0, total=0, changed_at=clock.now()):
            return False
        enqueue(batch.public_id)
    return True


def bring_batch(batch: Batch, *, reading: Reading) -> bool:
    """Store what was read, with a trace of each thing: all of it or nothing. False when somebody did it meanwhile."""
    by = Ref.parse(batch.by) if batch.by else None
    with transaction.atomic():
        held = Batch.objects.select_for_update().filter(pk=batch.pk, state=BatchState.STORING).first()
        if held is None:
            return False
        items = reading.bring(by=by, progress=lambda done, total: note_progress(batch, done=done, total=total))
        _trace(held, items)
        counts = _counts(reading, (item.outcome for item in items))
        if held.feed_id:
            counts["missing"] = reading.mark_missing()
        _note(held, state=BatchState.DONE, counts=counts, brought_at=clock.now(), lines=[])
        publish(BatchBroughtIn(batch=ref(held)), by=by, about=ref(held))
    return True


def _trace(batch: Batch, items: Sequence[Item]) -> None:
    """What is unchanged leaves no trace: there is nothing to undo."""
    Trace.objects.bulk_create(
        (
            Trace(
                batch=batch,
                row=item.row,
                thing_kind=item.thing.kind,
                thing_id=item.thing.id,
                outcome=item.outcome,
                said=dict(item.said),
                version=item.version,
            )
            for item in items
            if item.outcome != Outcome.UNCHANGED
        ),
        batch_size=_AT_ONCE,
    )


def fail_batch(batch: Batch, *, problem: Problem) -> None:
    _note(batch, state=BatchState.FAILED, problems=[_row(problem)])


def undo_batch(batch: Batch, *, intake: Intake, by: Ref | None) -> Undoing | None:
    """Take away what nobody has built on, and the evidence with it. None when it was undone before."""
    with transaction.atomic():
        held = Batch.objects.select_for_update().filter(pk=batch.pk, state=BatchState.DONE).first()
        if held is None:
            return None
        undone = intake.undo(items_of(held), by)
        stays = {thing.id for thing in undone.stays}
        held.traces.exclude(thing_id__in=stays).delete()
        _note(
            held,
            state=BatchState.UNDONE,
            undone_at=clock.now(),
            counts=held.counts
            | {"gone": len(undone.gone), "set_back": len(undone.set_back), "stays": len(undone.stays)},
        )
        publish(BatchUndone(batch=ref(held)), by=by, about=ref(held))
    return undone


def forget_batch(batch: Batch) -> None:
    """An address was read and had nothing new: that stands with the address."""
    Batch.objects.filter(pk=batch.pk, traces=None).delete()


def forget_evidence(thing: Ref) -> None:
    """The row that it stood in, as it stood there, is kept no longer than the thing itself."""
    Trace.objects.filter(thing_kind=thing.kind, thing_id=thing.id).update(said={})


def _row(problem: Problem) -> list[int | str]:
    return [problem.row, problem.column, problem.code, problem.detail]


def _note(batch: Batch, **values: object) -> None:
    cache.delete(progress_key(batch.public_id))
    Batch.objects.filter(pk=batch.pk).update(changed_at=clock.now(), **values)
