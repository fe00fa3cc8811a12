"""Writes: somebody who has been in a room is erased."""

from __future__ import annotations

from django.db.models import Q

from kompetanseforum.codesign.models import Comment, Invitation, Participant
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure


def forget_person(erasure: Erasure) -> None:
    """What a side agreed on stands, without a name; comments go where the person wants what was said to go."""
    held = [one.id for one in erasure.holds if one.kind == "participant"]
    rows = Participant.objects.filter(Q(person__public_id=erasure.person.id) | Q(public_id__in=held))
    if erasure.withdraws_voices:
        Comment.objects.filter(participant__in=rows).update(words="", removed_at=clock.now())
    ids = list(rows.values_list("pk", flat=True))
    if erasure.email:
        Invitation.objects.filter(email__iexact=erasure.email).delete()
    Participant.objects.filter(pk__in=ids).update(person=None, name="", left_at=clock.now())
