"""Writes: somebody who started or logged a pilot is erased."""

from __future__ import annotations

from kompetanseforum.core.capability import Erasure
from kompetanseforum.pilots.models import Entry, Pilot


def forget_person(erasure: Erasure) -> None:
    """What was tried and learnt stands, by nobody."""
    Pilot.objects.filter(owner__public_id=erasure.person.id).update(owner=None)
    Entry.objects.filter(by__public_id=erasure.person.id).update(by=None)
