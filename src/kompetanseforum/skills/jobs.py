"""What the worker does: import an ESCO file that a coordinator has uploaded."""

from __future__ import annotations

from django_tasks import task

from kompetanseforum.skills.imports import import_upload


@task()
def import_esco(public_id: str) -> None:
    import_upload(public_id)
