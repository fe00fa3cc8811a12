"""The worker: tells listeners what a crash left untold, and does the jobs in the queue."""

from __future__ import annotations

import logging
import os
import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.facts import deliver_pending
from kompetanseforum.core.jobs import living_worker, put_back_lost_jobs

PAUSE_SECONDS = 1.0
# While the database is away.
LONG_PAUSE_SECONDS = 5.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the jobs in the queue and deliver facts that were left undelivered."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        # Its number is given, not asked for: the parent may be gone before this process has begun.
        parser.add_argument("--with-parent", type=int, metavar="PID", help="stop when PID, which started this, is gone")
        parser.add_argument("--address", default="", help="where letters lead when KF_ADDRESS is not set")
        parser.add_argument("--once", action="store_true", help="do what stands there now, and stop")

    def handle(
        self, *args: Any, with_parent: int | None = None, once: bool = False, address: str = "", **options: Any
    ) -> None:
        settings.ADDRESS = settings.ADDRESS or address
        # The queue tells of every look into it; what went wrong is enough.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        stop = threading.Event()
        with living_worker() as worker_id:
            worker = _queue_worker(worker_id)
            _stop_on_signals(stop, worker)
            while not stop.is_set() and with_parent in (None, os.getppid()):
                pause = _work(worker)
                if once:
                    return
                stop.wait(pause)


def _queue_worker(worker_id: str) -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=PAUSE_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )


def _stop_on_signals(stop: threading.Event, worker: Worker) -> None:
    """Asked once, the worker ends the job at hand first; asked twice, it goes at once and the job is put back."""

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        stop.set()
        worker.running = False
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)


def _work(worker: Worker) -> float:
    """Do what there is. Returns how long to rest."""
    try:
        close_old_connections()
        put_back_lost_jobs()
        heard = deliver_pending()
        done = _do_jobs(worker)
        # Every capability has its turn, so a list: any() alone would stop at the first that had something to do.
        worked = [capability.work() for capability in capabilities() if capability.work]
    except DatabaseError as error:
        log.warning("The database does not answer: %s", error)
        return LONG_PAUSE_SECONDS
    return 0 if heard or done or any(worked) else PAUSE_SECONDS


def _do_jobs(worker: Worker) -> bool:
    """True when there was something. Looks before it locks: an idle worker must not hold up those who write."""
    if not DBTaskResult.objects.ready().exists():
        return False
    worker.run()
    return True
