"""Writes: the steps on the way to a decision at home."""

from __future__ import annotations

from datetime import date

from kompetanseforum.anchoring.models import Anchoring, InternalStep
from kompetanseforum.core import clock


def add_internal_step(*, anchoring: Anchoring, what: str, on: date) -> InternalStep:
    """The same again is the same step."""
    step, _is_new = InternalStep.objects.get_or_create(anchoring=anchoring, what=what.strip(), on=on)
    return step


def finish_internal_step(*, step: InternalStep) -> None:
    """Done today; done already, it stays so."""
    InternalStep.objects.filter(pk=step.pk, done_on=None).update(done_on=clock.today())
