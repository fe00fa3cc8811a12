"""Writes: what was brought in stays; nothing says who did it."""

from __future__ import annotations

from kompetanseforum.core.capability import Erasure
from kompetanseforum.intake.models import Batch, Feed


def forget_person(erasure: Erasure) -> None:
    for kind in (Batch, Feed):
        kind.objects.filter(by=str(erasure.person)).update(by="")
