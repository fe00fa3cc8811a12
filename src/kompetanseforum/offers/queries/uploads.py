"""Reads: catalogues that were sent, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache

from kompetanseforum.core import clock
from kompetanseforum.offers.models import Offer, OfferUpload, UploadState

# The largest catalogue takes minutes. After this much silence whoever worked on it has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=15)
KEPT_UNSTORED = timedelta(days=7)
_AT_WORK = (UploadState.CHECKING, UploadState.STORING)
SOURCE_PREFIX = "csv:"


@dataclass(frozen=True, slots=True)
class UploadProgress:
    done: int
    total: int
    # Begun, not ended, and silent for long: nothing was stored.
    is_stopped: bool
    is_at_work: bool


def progress_key(public_id: str) -> str:
    return f"offers.upload.{public_id}"


def upload_by_id(public_id: str) -> OfferUpload | None:
    return OfferUpload.objects.filter(public_id=public_id).first()


def progress_of(upload: OfferUpload) -> UploadProgress:
    """From memory while the import's transaction is open, else from the table."""
    done, total = upload.done, upload.total
    if upload.state in _AT_WORK and (seen := cache.get(progress_key(upload.public_id))):
        done, total = seen
    is_stopped = upload.state in _AT_WORK and clock.now() - upload.changed_at > GIVEN_UP_AFTER
    return UploadProgress(
        done=done, total=total, is_stopped=is_stopped, is_at_work=upload.state in _AT_WORK and not is_stopped
    )


def uploads_left() -> list[OfferUpload]:
    """Checked long ago and never stored: their files take room for nothing."""
    since = clock.now() - KEPT_UNSTORED
    return list(OfferUpload.objects.filter(state=UploadState.CHECKED, changed_at__lt=since))


def source_of(name: str) -> str:
    """The source of a catalogue by the name somebody gives it, written as it was the first time."""
    source = f"{SOURCE_PREFIX}{' '.join(name.split())}"[:60]
    known = (
        Offer.objects.filter(source__startswith=SOURCE_PREFIX).order_by().values_list("source", flat=True).distinct()
    )
    return next((other for other in known if other.casefold() == source.casefold()), source)


def catalogue_names() -> list[str]:
    """Catalogues that came before, for whoever sends one again."""
    known = Offer.objects.filter(source__startswith=SOURCE_PREFIX).order_by("source").values_list("source", flat=True)
    return [source.removeprefix(SOURCE_PREFIX) for source in known.distinct()]
