"""Writes: somebody who made briefs or answered them is erased."""

from __future__ import annotations

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.briefs.models import Brief, BriefAnswer, Pledge, Recipient
from kompetanseforum.core.capability import Erasure
from kompetanseforum.forum.queries import duty_person


def forget_person(erasure: Erasure) -> None:
    """What organisations answered and can put in stays; nothing says who wrote it, and no address is left."""
    Brief.objects.filter(owner=the_person(erasure.person)).update(owner=duty_person())
    BriefAnswer.objects.filter(by=str(erasure.person)).update(by="")
    Pledge.objects.filter(by=str(erasure.person)).update(by="")
    if erasure.email:
        Recipient.objects.filter(email__iexact=erasure.email).update(email="")
