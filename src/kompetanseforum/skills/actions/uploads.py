"""Writes: ESCO files that a coordinator sends, and how far their import has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.cache import cache
from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.skills.models import EscoUpload, ImportState
from kompetanseforum.skills.queries.uploads import progress_key


def start_upload(
    *, public_id: str, file_name: str, stored_as: str, version: str, by: Ref | None, enqueue: Callable[[str], object]
) -> EscoUpload:
    """Note the file, and put its import in the queue in the same transaction."""
    now = clock.now()
    with transaction.atomic():
        upload = EscoUpload.objects.create(
            public_id=public_id,
            file_name=file_name[:200],
            stored_as=stored_as,
            version=version,
            by=str(by or ""),
            uploaded_at=now,
            changed_at=now,
        )
        enqueue(public_id)
    return upload


def note_progress(upload: EscoUpload, *, state: ImportState, done: int = 0, total: int = 0) -> None:
    """Before the import's own transaction this is kept in the table; inside it, where nobody could see it, in memory."""
    if transaction.get_connection().in_atomic_block:
        cache.set(progress_key(upload.public_id), (state.value, done, total), timeout=600)
        return
    EscoUpload.objects.filter(pk=upload.pk).update(state=state, done=done, total=total, changed_at=clock.now())


def finish_upload(upload: EscoUpload, *, is_changed: bool, counts: Mapping[str, int]) -> None:
    _end(upload, state=ImportState.DONE if is_changed else ImportState.UNCHANGED, counts=dict(counts))


def fail_upload(upload: EscoUpload, *, problem: str, detail: str) -> None:
    _end(upload, state=ImportState.FAILED, problem=problem[:40], problem_detail=detail[:200])


def _end(upload: EscoUpload, **values: object) -> None:
    cache.delete(progress_key(upload.public_id))
    EscoUpload.objects.filter(pk=upload.pk).update(changed_at=clock.now(), **values)
