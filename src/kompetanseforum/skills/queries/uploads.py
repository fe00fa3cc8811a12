"""Reads: how far the import of an uploaded file has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache

from kompetanseforum.core import clock
from kompetanseforum.skills.models import Edition, EscoUpload, ImportState

# The whole of ESCO takes half a minute. After this much silence the one who imported has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=10)
_ENDED = (ImportState.DONE, ImportState.UNCHANGED, ImportState.FAILED)


@dataclass(frozen=True, slots=True)
class UploadProgress:
    state: str
    done: int
    total: int
    # Started, not ended, and silent for long: the old version stands.
    is_stopped: bool

    @property
    def is_ended(self) -> bool:
        return self.is_stopped or self.state in _ENDED


def progress_key(public_id: str) -> str:
    return f"skills.upload.{public_id}"


def upload_by_id(public_id: str) -> EscoUpload | None:
    return EscoUpload.objects.filter(public_id=public_id).first()


def progress_of(upload: EscoUpload) -> UploadProgress:
    """From memory while the import's transaction is open, else from the table."""
    state, done, total = upload.state, upload.done, upload.total
    if state not in _ENDED and (seen := cache.get(progress_key(upload.public_id))):
        state, done, total = seen
    is_running = state in (ImportState.READING, ImportState.STORING)
    is_stopped = is_running and clock.now() - upload.changed_at > GIVEN_UP_AFTER
    return UploadProgress(state=state, done=done, total=total, is_stopped=is_stopped)


def editions() -> list[Edition]:
    """What has been imported, newest first; the starter vocabulary is not ESCO's own."""
    return list(Edition.objects.exclude(version="starter").order_by("-imported_at", "language"))
