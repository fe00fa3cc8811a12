"""Writes: an organisation commits itself, goes further, and renews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.anchoring.facts import AnchoringChanged, AnchoringRecorded, AnchoringRenewed
from kompetanseforum.anchoring.models import Anchoring, Move, State
from kompetanseforum.anchoring.queries.shown import anchoring_by_sending_key
from kompetanseforum.boards.actions import tell_what_became
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.rules import represents
from kompetanseforum.threads.actions import tie


class NotTheirs(Exception):
    """Neither speaks for the organisation nor is a coordinator."""


# What the organisation stands for; the rest tells whom to ask, and fills the page for the leader.
_PROMISED = ("what", "state", "scope", "decided_by", "decided_on", "until")


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the organisation commits itself to, and how firmly."""

    what: str
    state: State = State.AWARE
    scope: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    until: date | None = None
    contact_name: str = ""
    contact_email: str = ""
    costs: str = ""
    asks: str = ""
    is_public: bool = False


def record_anchoring(
    *,
    organisation: Organisation,
    commitment: Commitment,
    by: Viewer,
    about: Ref | None = None,
    sending_key: str | None = None,
) -> Anchoring:
    """A new one, tied to what it anchors. From a coordinator it is marked as reported by the forum.

    The same `sending_key` again gives the one that is there. Raises NotTheirs and WouldLoop.
    """
    is_own = represents(by, organisation)
    if not is_own and not by.is_a("coordinator"):
        raise NotTheirs
    if sending_key and (known := anchoring_by_sending_key(sending_key)):
        return known
    try:
        with transaction.atomic():
            anchoring = Anchoring(
                organisation=organisation,
                about_kind=about.kind if about else "",
                about_id=about.id if about else "",
                is_reported=not is_own,
                recorded_by=the_person(by.person),
                sending_key=sending_key,
                recorded_at=clock.now(),
            )
            _fill(anchoring, commitment, by=by)
            if about:
                tie(upstream=about, downstream=ref(anchoring), relation=Relation.ANCHORED_BY, by=by)
            fact = AnchoringRecorded(anchoring=ref(anchoring), state=anchoring.state)
            publish(fact, by=by.actor, about=ref(anchoring))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := anchoring_by_sending_key(sending_key)):
            return known
        raise
    return anchoring


def record_of_notes(
    *,
    board: Board,
    notes: Sequence[Item],
    organisation: Organisation,
    commitment: Commitment,
    by: Viewer,
    sending_key: str,
) -> Anchoring:
    """A commitment that notes on a board became; each of them tells so. Once for the same form. Raises NotTheirs."""
    if known := anchoring_by_sending_key(sending_key):
        return known
    with transaction.atomic():
        anchoring = record_anchoring(organisation=organisation, commitment=commitment, by=by, sending_key=sending_key)
        tell_what_became(board=board, notes=notes, thing=ref(anchoring), by=by)
    return anchoring


def change_anchoring(*, anchoring: Anchoring, commitment: Commitment, by: Viewer) -> None:
    """It goes further, or is told better. One that its own now stand for is no longer only reported; what a coordinator
    says that they have promised, is."""
    with transaction.atomic():
        is_same = all(getattr(anchoring, name) == getattr(commitment, name) for name in _PROMISED)
        _mark_who_says(anchoring, is_same=is_same, by=by)
        _fill(anchoring, commitment, by=by)
        fact = AnchoringChanged(anchoring=ref(anchoring), state=anchoring.state)
        publish(fact, by=by.actor, about=ref(anchoring))


def _mark_who_says(anchoring: Anchoring, *, is_same: bool, by: Viewer) -> None:
    if represents(by, anchoring.organisation):
        anchoring.is_reported = False
    elif not is_same:
        anchoring.is_reported = True


def _fill(anchoring: Anchoring, said: Commitment, *, by: Viewer) -> None:
    is_moved = anchoring.pk is None or (anchoring.state, anchoring.until) != (said.state, said.until)
    if anchoring.contact_email != said.contact_email:
        # What never reached the one before may reach this one.
        anchoring.attempts = 0
    for name in Commitment.__dataclass_fields__:
        setattr(anchoring, name, getattr(said, name))
    anchoring.changed_at = clock.now()
    anchoring.save()
    if is_moved:
        _move(anchoring, by=by)


def _move(anchoring: Anchoring, *, by: Viewer, is_renewal: bool = False) -> None:
    Move.objects.create(
        anchoring=anchoring,
        state=anchoring.state,
        until=anchoring.until,
        is_renewal=is_renewal,
        by=the_person(by.person),
        at=clock.now(),
    )


def renew_anchoring(*, anchoring: Anchoring, until: date, by: Viewer) -> None:
    """It stands until another day, and by whose word. Renewed to the same day again, nothing happens."""
    if anchoring.until == until:
        return
    with transaction.atomic():
        anchoring.until, anchoring.changed_at, anchoring.attempts = until, clock.now(), 0
        _mark_who_says(anchoring, is_same=False, by=by)
        anchoring.save(update_fields=["until", "changed_at", "attempts", "is_reported"])
        _move(anchoring, by=by, is_renewal=True)
        publish(AnchoringRenewed(anchoring=ref(anchoring)), by=by.actor, about=ref(anchoring))
