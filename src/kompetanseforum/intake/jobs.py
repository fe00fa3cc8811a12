"""What the worker does: check a file that somebody has sent, and bring in what is in it."""

from __future__ import annotations

from django_tasks import task

from kompetanseforum.intake import imports


@task()
def check_batch(public_id: str) -> None:
    imports.check_batch(public_id)


@task()
def bring_in_batch(public_id: str) -> None:
    imports.bring_in_batch(public_id)
