"""Writes: somebody who stands as a contact, or recorded an anchoring, is erased."""

from __future__ import annotations

from django.db.models import Q

from kompetanseforum.anchoring.models import Anchoring, Move
from kompetanseforum.core.capability import Erasure


def forget_person(erasure: Erasure) -> None:
    """What the organisation has committed itself to stands, without them."""
    Anchoring.objects.filter(recorded_by__public_id=erasure.person.id).update(recorded_by=None)
    Move.objects.filter(by__public_id=erasure.person.id).update(by=None)
    if erasure.email:
        theirs = Q(contact_email__iexact=erasure.email)
        Anchoring.objects.filter(theirs).update(contact_email="", contact_name="")
