"""Writes: what somebody can put in, and that they no longer can."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanseforum.briefs.facts import PledgeMade, PledgeWithdrawn
from kompetanseforum.briefs.models import Brief, Pledge
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.models import Organisation


def make_pledge(
    *,
    brief: Brief,
    organisation: Organisation,
    gift: str,
    words: str,
    name_is_public: bool,
    by: Ref | None,
    is_reported: bool = False,
    sending_key: str | None = None,
) -> Pledge:
    """The same `sending_key` again gives the pledge that is there."""
    if sending_key and (known := _known(sending_key)):
        return known
    try:
        with transaction.atomic():
            pledge = Pledge.objects.create(
                brief=brief,
                organisation=organisation,
                gift=gift,
                words=words.strip(),
                name_is_public=name_is_public,
                is_reported=is_reported,
                by=str(by) if by else "",
                sending_key=sending_key,
                made_at=clock.now(),
            )
            publish(PledgeMade(brief=ref(brief), pledge=ref(pledge), gift=gift), by=by, about=ref(brief))
    except IntegrityError:
        if sending_key and (known := _known(sending_key)):
            return known
        raise
    return pledge


def _known(sending_key: str) -> Pledge | None:
    return Pledge.objects.filter(sending_key=sending_key).first()


def withdraw_pledge(*, pledge: Pledge, by: Ref | None) -> None:
    """It no longer stands on the brief. Withdrawn again, nothing happens."""
    with transaction.atomic():
        if Pledge.objects.filter(pk=pledge.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
            publish(PledgeWithdrawn(brief=ref(pledge.brief), pledge=ref(pledge)), by=by, about=ref(pledge.brief))
