"""Writes: what was learnt at a meeting, and what somebody took on."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions.signing_up import forget_who_signed_up
from kompetanseforum.events.facts import FollowUpAgreed, FollowUpDone, FollowUpReopened, ReflectionNoted
from kompetanseforum.events.models import Attendance, FollowUp, Meeting, Reflection
from kompetanseforum.forum.queries import duty_person


def note_reflection(meeting: Meeting, *, words: str, by: Viewer, sending_key: str = "") -> None:
    """The same form sent again notes nothing more."""
    if sending_key and Reflection.objects.filter(sending_key=sending_key).exists():
        return
    try:
        with transaction.atomic():
            Reflection.objects.create(
                meeting=meeting,
                words=words.strip(),
                by=str(by.actor or ""),
                at=clock.now(),
                sending_key=sending_key or None,
            )
            publish(ReflectionNoted(meeting=ref(meeting)), by=by.actor, about=ref(meeting))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if not sending_key:
            raise


def agree_follow_up(
    meeting: Meeting, *, words: str, owner: Person, due_on: date, by: Viewer, sending_key: str = ""
) -> FollowUp:
    """Somebody takes it on, with a date. The same form sent again gives the same one."""
    if known := _follow_up_sent(sending_key):
        return known
    try:
        with transaction.atomic():
            follow_up = FollowUp.objects.create(
                meeting=meeting,
                words=words.strip(),
                owner=owner,
                due_on=due_on,
                agreed_at=clock.now(),
                sending_key=sending_key or None,
            )
            fact = FollowUpAgreed(meeting=ref(meeting), follow_up=ref(follow_up))
            publish(fact, by=by.actor, about=ref(meeting))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if known := _follow_up_sent(sending_key):
            return known
        raise
    return follow_up


def _follow_up_sent(sending_key: str) -> FollowUp | None:
    return FollowUp.objects.filter(sending_key=sending_key).first() if sending_key else None


def finish_follow_up(follow_up: FollowUp, *, by: Viewer) -> None:
    if follow_up.done_at is not None:
        return
    with transaction.atomic():
        follow_up.done_at = clock.now()
        follow_up.save(update_fields=["done_at"])
        fact = FollowUpDone(meeting=ref(follow_up.meeting), follow_up=ref(follow_up))
        publish(fact, by=by.actor, about=ref(follow_up.meeting))


def undo_follow_up(follow_up: FollowUp, *, by: Viewer) -> None:
    """It was not done after all."""
    if follow_up.done_at is None:
        return
    with transaction.atomic():
        follow_up.done_at = None
        follow_up.save(update_fields=["done_at"])
        fact = FollowUpReopened(meeting=ref(follow_up.meeting), follow_up=ref(follow_up))
        publish(fact, by=by.actor, about=ref(follow_up.meeting))


def forget_person(erasure: Erasure) -> None:
    """What they took on is the duty person's now; that they were there, or would come, goes; what they noted stays
    without a name.
    """
    forget_who_signed_up(erasure)
    leaving = person_of(erasure.person)
    if leaving is not None:
        FollowUp.objects.filter(owner=leaving).update(owner=duty_person())
        _leave_a_head(leaving)
    Reflection.objects.filter(by=str(erasure.person)).update(by="")
    Meeting.objects.filter(called_by=str(erasure.person)).update(called_by="")


def _leave_a_head(person: Person) -> None:
    """The count of a meeting stays true: one from that sector was there, and nobody says who."""
    for row in Attendance.objects.filter(person=person):
        heads, _is_new = Attendance.objects.get_or_create(
            meeting=row.meeting,
            organisation=None,
            person=None,
            sector=row.sector,
            defaults={"heads": 0, "noted_at": row.noted_at},
        )
        heads.heads += row.heads
        heads.save(update_fields=["heads"])
        row.delete()
