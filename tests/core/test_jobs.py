"""Jobs: done by the worker, done again when it was killed, given up in plain words."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core.jobs import MOST_ATTEMPTS, WorkerStopped, living_worker, put_back_lost_jobs

DONE: list[str] = []


@task()
def sweep(room: str) -> str:
    if room == "attic":
        raise LookupError("the ladder is gone")
    DONE.append(room)
    return room


@pytest.fixture(autouse=True)
def _nothing_done(transactional_db: None) -> None:
    """The worker renews its connections, so no transaction of a test's may be open around it."""
    DONE.clear()


def _taken(worker_id: str, *, times: int = 1) -> DBTaskResult:
    job = DBTaskResult.objects.get(pk=sweep.enqueue("hall").id)
    for _ in range(times):
        job.claim(worker_id)
    return job


def test_the_worker_does_what_stands_in_the_queue():
    for room in ("hall", "kitchen"):
        sweep.enqueue(room)
    call_command("work", once=True)
    assert DONE == ["hall", "kitchen"]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {TaskResultStatus.SUCCESSFUL}


@pytest.mark.slow
def test_a_job_that_fails_says_why_and_does_not_stop_the_next():
    for room in ("attic", "hall"):
        sweep.enqueue(room)
    call_command("work", once=True)
    assert DONE == ["hall"]
    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert "the ladder is gone" in failed.traceback


@pytest.mark.slow
def test_a_job_of_a_killed_worker_is_done_again():
    with living_worker() as worker_id:
        pass  # its lock went with it
    _taken(worker_id)
    call_command("work", once=True)
    assert DONE == ["hall"]


def test_a_job_of_a_living_worker_is_left_alone():
    with living_worker() as worker_id:
        _taken(worker_id)
        assert put_back_lost_jobs() == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


def test_a_job_on_another_machine_is_left_alone():
    _taken("another-machine:abc")
    assert put_back_lost_jobs() == 0


def test_a_job_that_ends_its_worker_three_times_is_given_up():
    job = _taken("another:gone", times=MOST_ATTEMPTS - 1)
    with living_worker() as worker_id:
        job.claim(worker_id)
    assert put_back_lost_jobs() == 1
    job.refresh_from_db()
    assert (job.status, job.exception_class_path) == (
        TaskResultStatus.FAILED,
        f"{WorkerStopped.__module__}.WorkerStopped",
    )
    assert job.traceback == "The worker stopped 3 times while it did this job."
