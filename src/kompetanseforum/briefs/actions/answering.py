"""Writes: an educator answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.briefs.actions.telling import tell_answered
from kompetanseforum.briefs.facts import BriefAnswered
from kompetanseforum.briefs.models import Brief, BriefAnswer, Kind, Recipient
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import Offer
from kompetanseforum.threads.actions import WouldLoop, tie


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """What an educator answers. `until` is for what is being decided, `reason` (coded) for a no."""

    kind: Kind
    words: str = ""
    reason: str = ""
    until: date | None = None
    offer: Offer | None = None


def answer_brief(
    *, recipient: Recipient, said: AnswerSaid, by: Ref | None, is_reported: bool = False, sending_key: str | None = None
) -> BriefAnswer:
    """The newest answer counts. The same `sending_key` again gives the answer that is there."""
    if sending_key and (known := _known(sending_key)):
        return known
    try:
        with transaction.atomic():
            # One at a time for each brief, so that the last of several noes is seen to be the last.
            brief = Brief.objects.select_for_update(of=("self",)).select_related("owner").get(pk=recipient.brief_id)
            answer = BriefAnswer.objects.create(
                recipient=recipient,
                kind=said.kind,
                words=said.words.strip(),
                reason=said.reason if said.kind == Kind.NO else "",
                until=said.until if said.kind == Kind.DECIDING else None,
                offer=said.offer if said.kind in (Kind.ACCEPT, Kind.ADAPT) else None,
                is_reported=is_reported,
                by=str(by) if by else "",
                sending_key=sending_key,
                at=clock.now(),
            )
            publish(BriefAnswered(brief=ref(brief), recipient=ref(recipient), kind=said.kind), by=by, about=ref(brief))
            tell_answered(brief, answer)
            if answer.offer:
                _tie(brief, answer.offer, by=by)
    except IntegrityError:
        if sending_key and (known := _known(sending_key)):
            return known
        raise
    return answer


def _tie(brief: Brief, offer: Offer, *, by: Ref | None) -> None:
    try:
        by_whom = Viewer(person=by) if by and by.kind == "person" else Viewer(holds=frozenset([by] if by else []))
        tie(upstream=ref(brief), downstream=ref(offer), relation=Relation.ANSWERED_BY, by=by_whom)
    except WouldLoop:
        # The needs came from this very offer, so the thread knows them together already.
        return


def _known(sending_key: str) -> BriefAnswer | None:
    return BriefAnswer.objects.filter(sending_key=sending_key).first()
