"""Writes: somebody who recorded, asked or was asked is erased."""

from __future__ import annotations

from django.db.models import Q

from kompetanseforum.core.capability import Erasure
from kompetanseforum.results.models import Confirmation, Evidence, Result


def forget_person(erasure: Erasure) -> None:
    """What was changed stands, by nobody; whoever was asked is asked no more."""
    Result.objects.filter(recorded_by__public_id=erasure.person.id).update(recorded_by=None)
    Evidence.objects.filter(by__public_id=erasure.person.id).update(by=None)
    Confirmation.objects.filter(asked_by__public_id=erasure.person.id).update(asked_by=None)
    if erasure.email:
        theirs = Q(email__iexact=erasure.email)
        Confirmation.objects.filter(theirs).delete()
