"""The batch and the intake that an address names."""

from __future__ import annotations

from typing import Protocol

from django.http import Http404

from kompetanseforum.core.bringing import Intake
from kompetanseforum.intake.models import Batch
from kompetanseforum.intake.queries import batch_by_id, intake_by_key


class Job(Protocol):
    """The job that does it; urls.py gives it, since views and jobs are strangers."""

    def enqueue(self, public_id: str) -> object: ...


def intake_or_404(key: str) -> Intake:
    intake = intake_by_key(key)
    if intake is None:
        raise Http404
    return intake


def batch_or_404(public_id: str) -> tuple[Batch, Intake]:
    batch = batch_by_id(public_id)
    if batch is None:
        raise Http404
    return batch, intake_or_404(batch.intake)
