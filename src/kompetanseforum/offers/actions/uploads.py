"""Writes: catalogues that a coordinator sends, what was found in them, and how far their import has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.core.cache import cache
from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.offers.models import OfferUpload, UploadState
from kompetanseforum.offers.queries.uploads import progress_key

# More rows than this with errors are counted, not listed: the first ones tell what is wrong.
MOST_PROBLEMS = 100

# Row, column, code, detail of a Problem.
ProblemRow = tuple[int, str, str, str]


def start_upload(
    *, public_id: str, file_name: str, stored_as: str, source: str, provider: str, by: Ref | None
) -> OfferUpload:
    now = clock.now()
    return OfferUpload.objects.create(
        public_id=public_id,
        file_name=file_name[:200],
        stored_as=stored_as,
        source=source,
        provider=provider,
        by=str(by or ""),
        uploaded_at=now,
        changed_at=now,
    )


def note_progress(upload: OfferUpload, *, done: int, total: int) -> None:
    """Inside the import's own transaction nobody could see the row, so there it is kept in memory."""
    if transaction.get_connection().in_atomic_block:
        cache.set(progress_key(upload.public_id), (done, total), timeout=600)
        return
    OfferUpload.objects.filter(pk=upload.pk).update(done=done, total=total, changed_at=clock.now())


def note_checked(upload: OfferUpload, *, counts: Mapping[str, int], problems: Sequence[ProblemRow]) -> None:
    _note(
        upload, state=UploadState.CHECKED, counts=dict(counts), problems=[list(one) for one in problems[:MOST_PROBLEMS]]
    )


def accept_upload(upload: OfferUpload, *, enqueue: Callable[[str], object]) -> bool:
    """Put its import in the queue in the same transaction. False when it was pressed before."""
    with transaction.atomic():
        checked = OfferUpload.objects.filter(pk=upload.pk, state=UploadState.CHECKED)
        if not checked.update(state=UploadState.STORING, done=0, total=0, changed_at=clock.now()):
            return False
        enqueue(upload.public_id)
    return True


def finish_upload(upload: OfferUpload, *, counts: Mapping[str, int]) -> None:
    _note(upload, state=UploadState.DONE, counts=dict(counts))


def fail_upload(upload: OfferUpload, *, problem: ProblemRow) -> None:
    _note(upload, state=UploadState.FAILED, problems=[list(problem)])


def _note(upload: OfferUpload, **values: object) -> None:
    cache.delete(progress_key(upload.public_id))
    OfferUpload.objects.filter(pk=upload.pk).update(changed_at=clock.now(), **values)
