"""Writes: changes are proposed, worded anew, agreed on, tried first, parked and spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from kompetanseforum.boards.actions import tell_what_became
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.codesign.facts import (
    ChangeCommented,
    ChangeMoved,
    ChangeProposed,
    ChangeRemoved,
    ChangeReworded,
)
from kompetanseforum.codesign.models import Agreement, Change, Comment, Participant, Room, Stage, State, Wording
from kompetanseforum.codesign.queries.changes import change_by_sending_key
from kompetanseforum.codesign.queries.rooms import sides_present
from kompetanseforum.codesign.rules import LEAST_SIDES
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref


class StaleWording(ValueError):
    """Somebody else worded it anew meanwhile; `change` is as it stands now. Nothing is written."""

    def __init__(self, change: Change) -> None:
        super().__init__(change.public_id)
        self.change = change


def propose_change(
    *,
    room: Room,
    part: str,
    proposal: str,
    by: Participant,
    topic: str = "",
    today: str = "",
    why: str = "",
    sending_key: str | None = None,
) -> Change:
    """Who proposes it agrees. The same `sending_key` again gives the change that is there."""
    if sending_key and (known := change_by_sending_key(sending_key)):
        return known
    now = clock.now()
    change = Change(
        public_id=new_public_id(),
        room=room,
        part=part,
        topic=topic,
        today=today,
        proposal=proposal.strip(),
        why=why.strip(),
        by=by,
        sending_key=sending_key,
        made_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            change.save()
            Agreement.objects.create(change=change, participant=by, at=now)
            _touch(room, reopens=True)
            publish(ChangeProposed(room=ref(room), change=ref(change)), by=ref(by), about=ref(room))
    except IntegrityError:
        if sending_key and (known := change_by_sending_key(sending_key)):
            return known
        raise
    return change


def propose_of_notes(
    *, board: Board, notes: Sequence[Item], room: Room, part: str, proposal: str, by: Participant, viewer: Viewer,
    sending_key: str,
) -> Change:  # fmt: skip
    """A change that notes on a board became; each of them tells that it led to the room. Once for the same form."""
    if known := change_by_sending_key(sending_key):
        return known
    with transaction.atomic():
        change = propose_change(room=room, part=part, proposal=proposal, by=by, sending_key=sending_key)
        tell_what_became(board=board, notes=notes, thing=ref(room), by=viewer)
    return change


def reword_change(*, change: Change, proposal: str, seen: int, by: Participant) -> bool:
    """New words, which nobody but their author has agreed with yet; the old ones are kept. False for the same words.

    `seen` is the revision they wrote on. Raises StaleWording.
    """
    words = proposal.strip()
    with transaction.atomic():
        stored = Change.objects.select_for_update().get(pk=change.pk)
        if stored.proposal == words:
            return False
        if stored.revision != seen:
            raise StaleWording(stored)
        now = clock.now()
        Wording.objects.create(
            change=stored, revision=stored.revision, proposal=stored.proposal, by=_author(stored), until=now
        )
        stored.proposal, stored.revision, stored.state, stored.reason = words, stored.revision + 1, State.PROPOSED, ""
        stored.by, stored.changed_at = by, now
        stored.save()
        stored.agreements.all().delete()
        Agreement.objects.create(change=stored, participant=by, at=now)
        _touch(change.room, reopens=True)
        publish(ChangeReworded(room=ref(change.room), change=ref(stored)), by=ref(by), about=ref(change.room))
    return True


def _author(change: Change) -> Participant | None:
    return Participant.objects.filter(pk=change.by_id).first() if change.by_id else None


def agree(*, change: Change, by: Participant) -> None:
    """When every side that is there has said yes, all agree. Said again, nothing happens."""
    with transaction.atomic():
        stored = Change.objects.select_for_update().get(pk=change.pk)
        _row, is_new = Agreement.objects.get_or_create(change=stored, participant=by, defaults={"at": clock.now()})
        if is_new and stored.state == State.PROPOSED and _all_sides_agree(stored):
            _move(stored, State.AGREED, reason="", by=by)


def take_back_agreement(*, change: Change, by: Participant) -> None:
    """It is only proposed again, where all had agreed."""
    with transaction.atomic():
        stored = Change.objects.select_for_update().get(pk=change.pk)
        gone, _by_model = Agreement.objects.filter(change=stored, participant=by).delete()
        if gone and stored.state == State.AGREED and stored.taken_at is None and not _all_sides_agree(stored):
            _move(stored, State.PROPOSED, reason="", by=by)


def _all_sides_agree(change: Change) -> bool:
    here = sides_present(change.room)
    rows = Agreement.objects.filter(change=change, participant__left_at=None)
    return len(here) >= LEAST_SIDES and here <= set(rows.values_list("participant__sector", flat=True))


def move_change(*, change: Change, to: State, reason: str, by: Participant) -> None:
    """Tried first, parked, or proposed again (then it may be that all agree). Moved there already, nothing happens."""
    with transaction.atomic():
        stored = Change.objects.select_for_update().get(pk=change.pk)
        wanted = State.AGREED if to == State.PROPOSED and _all_sides_agree(stored) else to
        if (stored.state, stored.reason) != (wanted, reason.strip()):
            _move(stored, wanted, reason=reason.strip(), by=by)


def _move(change: Change, to: State, *, reason: str, by: Participant) -> None:
    change.state, change.reason, change.changed_at = to, reason, clock.now()
    change.save(update_fields=["state", "reason", "changed_at"])
    _touch(change.room, reopens=False)
    publish(ChangeMoved(room=ref(change.room), change=ref(change), state=to.value), by=ref(by), about=ref(change.room))


def comment_on(*, change: Change, words: str, by: Participant, sending_key: str | None = None) -> Comment:
    """The same `sending_key` again gives the comment that is there."""
    if sending_key and (known := Comment.objects.filter(sending_key=sending_key).first()):
        return known
    try:
        with transaction.atomic():
            comment = Comment.objects.create(
                change=change, participant=by, words=words.strip(), at=clock.now(), sending_key=sending_key
            )
            _touch(change.room, reopens=False)
            publish(ChangeCommented(room=ref(change.room), change=ref(change)), by=ref(by), about=ref(change.room))
    except IntegrityError:
        return Comment.objects.get(sending_key=sending_key)
    return comment


def remove_comment(*, comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk, removed_at=None).update(removed_at=clock.now())


def remove_change(*, change: Change, by: Participant | None) -> None:
    """It no longer stands in the room. Removed again, nothing happens."""
    with transaction.atomic():
        if Change.objects.filter(pk=change.pk, removed_at=None, taken_at=None).update(removed_at=clock.now()):
            actor = ref(by) if by else None
            publish(ChangeRemoved(room=ref(change.room), change=ref(change)), by=actor, about=ref(change.room))


def _touch(room: Room, *, reopens: bool) -> None:
    """A new proposal after the educator has decided opens the room again."""
    values: dict[str, object] = {"changed_at": clock.now()}
    if reopens and room.stage == Stage.DECIDED:
        values["stage"] = Stage.OPEN
    Room.objects.filter(pk=room.pk).update(**values)
