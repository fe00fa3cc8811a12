"""What the worker does: check a catalogue that a coordinator has sent, and store what is in it."""

from __future__ import annotations

from django_tasks import task

from kompetanseforum.offers import imports


@task()
def check_upload(public_id: str) -> None:
    imports.check_upload(public_id)


@task()
def bring_upload(public_id: str) -> None:
    imports.bring_upload(public_id)
