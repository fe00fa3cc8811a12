"""Writes: what has been fetched from ESCO's open API, page by page, until all of it is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction

from kompetanse.esco import EscoPage
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.skills.models import EscoPageRow, EscoUpload, ImportState
from kompetanseforum.skills.queries import fetching_now

# ESCO is asked again after so many minutes; then a person must press.
REST_MINUTES = (1, 2, 5, 15, 60, 180)

Enqueue = Callable[[str], object]


def start_fetching(*, languages: Sequence[str], by: Ref | None, enqueue: Enqueue) -> EscoUpload:
    """The one that is under way, else a new one. One that gave up goes on from where it was."""
    with transaction.atomic():
        known = fetching_now(languages)
        if known is not None and known.state != ImportState.FAILED:
            return known
        now = clock.now()
        upload = known or EscoUpload(
            public_id=new_public_id(), file_name="ESCO", languages=list(languages), by=str(by or ""), uploaded_at=now
        )
        upload.state, upload.attempts, upload.retry_at, upload.changed_at = ImportState.WAITING, 0, None, now
        upload.problem = upload.problem_detail = ""
        upload.save()
        enqueue(upload.public_id)
    return upload


def keep_page(upload: EscoUpload, page: EscoPage, *, offset: int, done: int, total: int) -> None:
    """Kept with how far it has come. All pages are of the version that the first one named."""
    with transaction.atomic():
        EscoPageRow.objects.update_or_create(
            upload=upload,
            scheme=page.scheme,
            offset=offset,
            defaults={"count": page.count, "total": page.total, "rows": page.rows},
        )
        upload.version = upload.version or page.version
        upload.state, upload.attempts, upload.retry_at = ImportState.READING, 0, None
        upload.problem = upload.problem_detail = ""
        upload.done, upload.total, upload.changed_at = done, total, clock.now()
        upload.save()


def begin_anew(upload: EscoUpload) -> None:
    """ESCO has another version now than the one we began with: pages of two versions do not go together."""
    with transaction.atomic():
        upload.pages.all().delete()
        upload.version, upload.done, upload.total, upload.changed_at = "", 0, 0, clock.now()
        upload.save()


def rest_or_give_up(upload: EscoUpload, *, problem: str, host: str) -> None:
    """ESCO did not answer: asked again in a while, and after the last time a person must press."""
    gives_up = upload.attempts >= len(REST_MINUTES)
    upload.retry_at = None if gives_up else clock.now() + timedelta(minutes=REST_MINUTES[upload.attempts])
    upload.state = ImportState.FAILED if gives_up else ImportState.WAITING
    upload.attempts += 1
    upload.problem, upload.problem_detail, upload.changed_at = problem[:40], host[:200], clock.now()
    upload.save()


def go_on(upload: EscoUpload, *, enqueue: Enqueue) -> bool:
    """Its rest is over. False when another worker saw it first."""
    with transaction.atomic():
        resting = EscoUpload.objects.filter(pk=upload.pk, retry_at=upload.retry_at).exclude(retry_at=None)
        if not resting.update(retry_at=None, changed_at=clock.now()):
            return False
        enqueue(upload.public_id)
    return True


def forget_pages(upload: EscoUpload) -> None:
    upload.pages.all().delete()
