"""A file that somebody sends: kept, its columns matched, checked, and brought in when a person has seen what it would do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from kompetanse.refs import Ref
from kompetanseforum.core.bringing import Given, Intake
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.core.tables import TableError, read_table
from kompetanseforum.intake.actions import (
    accept_batch,
    bring_batch,
    fail_batch,
    note_checked,
    note_headings,
    note_progress,
    start_batch,
)
from kompetanseforum.intake.models import Batch, BatchState, Feed
from kompetanseforum.intake.queries import batch_by_id, batches_left, intake_by_key, remembered

# Smaller files are checked while one waits.
CHECKED_AT_ONCE_BYTES = 300_000
_SAMPLE_ROWS = 3
_SAMPLE_CHARACTERS = 60

Enqueue = Callable[[str], object]


def receive_file(*, intake: Intake, file: UploadedFile[bytes], name: str, by: Ref | None, enqueue: Enqueue) -> Batch:
    """Keep the file and check it: at once when it is small, else by a job."""
    throw_away_what_was_left()
    public_id = new_public_id()
    file_name = PurePath(file.name or "fil").name
    batch = start_batch(
        public_id=public_id,
        intake=intake.key,
        name=" ".join(name.split()),
        file_name=file_name,
        stored_as=default_storage.save(f"intake/{public_id}/{file_name}", file),
        matching=remembered(intake.key, " ".join(name.split())),
        by=by,
    )
    return check_now_or_later(batch, size=file.size or 0, enqueue=enqueue)


def receive_from_feed(feed: Feed, *, content: bytes, file_name: str) -> Batch:
    """What an address answered: checked and brought in at once, since nobody waits to look at it."""
    public_id = new_public_id()
    batch = start_batch(
        public_id=public_id,
        intake=feed.intake,
        name=feed.name,
        file_name=file_name,
        stored_as=default_storage.save(f"intake/{public_id}/{file_name}", ContentFile(content)),
        matching=remembered(feed.intake, feed.name),
        by=Ref.parse(feed.by) if feed.by else None,
        feed=feed,
    )
    check_batch(public_id)
    batch.refresh_from_db()
    if accept_batch(batch, enqueue=bring_in_batch):
        batch.refresh_from_db()
    return batch


def check_now_or_later(batch: Batch, *, size: int, enqueue: Enqueue) -> Batch:
    if size <= CHECKED_AT_ONCE_BYTES:
        check_batch(batch.public_id)
        batch.refresh_from_db()
    else:
        enqueue(batch.public_id)
    return batch


def check_again(batch: Batch, *, enqueue: Enqueue) -> Batch:
    """After a person has matched its columns."""
    return check_now_or_later(batch, size=default_storage.size(batch.stored_as), enqueue=enqueue)


def throw_away_what_was_left() -> None:
    for left in batches_left():
        default_storage.delete(left.stored_as)
        fail_batch(left, problem=TableError("gone").problem)


def check_batch(public_id: str) -> None:
    """What the file holds and what it would change; nothing of it is stored yet."""
    batch = batch_by_id(public_id)
    intake = intake_by_key(batch.intake) if batch else None
    if batch is None or intake is None or batch.state != BatchState.CHECKING:
        return
    try:
        given = _given(batch)
        if intake.is_table(given) and not _columns_will_do(batch, given, intake):
            return
        reading = intake.read(given)
    except TableError as error:
        fail_batch(batch, problem=error.problem)
        default_storage.delete(batch.stored_as)
        return
    note_checked(batch, reading=reading, lines=reading.lines())


def _columns_will_do(batch: Batch, given: Given, intake: Intake) -> bool:
    """Keep the headings for the page where they are matched. False: a person must say more."""
    table = read_table(given.content, file_name=given.file_name, columns=intake.columns, chosen=given.matching)
    samples = [row.whole for row in islice(table.rows(), _SAMPLE_ROWS)]
    headings = [
        (heading, [sample[heading][:_SAMPLE_CHARACTERS] for sample in samples if sample.get(heading)])
        for heading in dict.fromkeys(table.columns.headings)
        if heading
    ]
    names = table.columns.headings
    if same := next((double for double in table.columns.doubles if names.count(double) > 1), ""):
        raise TableError("same_column_twice", same)  # nobody could tell them apart
    needs_a_person = bool(table.columns.missing or table.columns.doubles)
    note_headings(batch, headings=headings, needs_a_person=needs_a_person)
    return not needs_a_person


def bring_in_batch(public_id: str) -> None:
    """Store the rows that can be stored, all or none of them. The file goes, whatever came of it."""
    batch = batch_by_id(public_id)
    intake = intake_by_key(batch.intake) if batch else None
    if batch is None or intake is None or batch.state != BatchState.STORING:
        return
    try:
        reading = intake.read(_given(batch))
    except TableError as error:
        fail_batch(batch, problem=error.problem)
    else:
        reading.listen(lambda done, total: note_progress(batch, done=done, total=total))
        bring_batch(batch, reading=reading)
    default_storage.delete(batch.stored_as)


def _given(batch: Batch) -> Given:
    try:
        with default_storage.open(batch.stored_as) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise TableError("gone") from error
    return Given(
        content=content,
        file_name=batch.file_name,
        name=batch.name,
        matching=batch.matching,
        progress=lambda done, total: note_progress(batch, done=done, total=total),
    )
