"""Jobs whose worker is gone: done again, and after the third time given up in plain words.

A worker holds a lock on a file of its own for as long as it lives, so that whoever looks can tell a slow one
from a dead one; the lock goes with the process, however it ends. A job is therefore written to be done twice.
"""

from __future__ import annotations

import fcntl
import platform
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core import clock

# Any: what a job is given and gives back is its own affair.
_Job = DBTaskResult[Any, Any]

MOST_ATTEMPTS = 3
# A worker on another machine cannot be asked; no job takes this long.
LONGEST = timedelta(hours=2)
_HOST = platform.node()[:40]


class WorkerStopped(Exception):
    """The worker ended while it did the job, as often as it may be tried."""


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def living_worker() -> Iterator[str]:
    """Give the worker its id, and let others see that it lives until the block or the process ends."""
    worker_id = f"{_HOST}:{secrets.token_hex(6)}"
    path = _folder() / worker_id
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield worker_id
        finally:
            path.unlink(missing_ok=True)


def put_back_lost_jobs() -> int:
    """Let jobs that a dead worker held be done again, or say that they failed. Returns how many there were."""
    return sum(_put_back(job) for job in DBTaskResult.objects.running() if _is_lost(job))


def _put_back(job: _Job) -> int:
    # The moment it was taken is part of the question: another worker may have put it back and begun already.
    same = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
    if len(job.worker_ids) < MOST_ATTEMPTS:
        return int(same.update(status=TaskResultStatus.READY))
    return int(
        same.update(
            status=TaskResultStatus.FAILED,
            finished_at=clock.now(),
            exception_class_path=f"{WorkerStopped.__module__}.{WorkerStopped.__qualname__}",
            traceback=f"The worker stopped {MOST_ATTEMPTS} times while it did this job.",
        )
    )


def _is_lost(job: _Job) -> bool:
    worker_id = job.worker_ids[-1] if job.worker_ids else ""
    host = worker_id.partition(":")[0]
    if host == _HOST:
        return not _lives(_folder() / worker_id)
    return job.started_at is None or clock.now() - job.started_at > LONGEST


def _lives(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    path.unlink(missing_ok=True)
    return False
