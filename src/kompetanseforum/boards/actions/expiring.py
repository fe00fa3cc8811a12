"""Writes: what is not kept any longer. The notes that stand are the forum's memory; who wrote them is not."""

from __future__ import annotations

import secrets

from django.db import transaction

from kompetanse.board import OpKind, Wish
from kompetanseforum.boards.actions.log import perform
from kompetanseforum.boards.models import Ballot, Board, BoardOp, Guest, Item
from kompetanseforum.boards.queries.expiring import (
    ballots_with_old_voters,
    boards_with_old_people,
    items_deleted_long_ago,
)
from kompetanseforum.boards.queries.people import NOBODY, Who
from kompetanseforum.core.refs import new_public_id


def let_go_of_what_is_old() -> bool:
    """A little at a time, so that nobody waits for it. True when there was something."""
    return any([_erase_deleted(), _forget_voters(), _forget_people()])


def _erase_deleted() -> bool:
    """Words that were deleted and not asked for since, from the log too."""
    items = items_deleted_long_ago()
    for item in items:
        # Only its author can say it of what was never shown.
        who = Who(ref="" if item.revealed_seq else item.author, name="", sector="", is_leading=True)
        op_id = f"forum-{new_public_id()}{new_public_id()}"
        # Nobody asked for it: what was made of the text meanwhile stands.
        asked = [(Wish(op_id=op_id, kind=OpKind.ERASE, item=item.public_id), who)]
        perform(item.board, asked, strikes=False)
    return bool(items)


def _forget_voters() -> bool:
    """One voter's dots stay together, so that the count stays the same; whose they were, nobody can find out."""
    ballots = ballots_with_old_voters()
    names: dict[tuple[int, str], str] = {}
    for ballot in ballots:
        ballot.voter = names.setdefault((ballot.round_id, ballot.voter), f"{NOBODY}{secrets.token_hex(16)}")
    Ballot.objects.bulk_update(ballots, ["voter"], batch_size=200)
    return bool(ballots)


def _forget_people() -> bool:
    boards = boards_with_old_people()
    for board in boards:
        _forget_people_on(board)
    return bool(boards)


def _forget_people_on(board: Board) -> None:
    with transaction.atomic():
        Item.objects.filter(board=board).exclude(author="").update(author="")
        BoardOp.objects.filter(board=board).update(actor="", only_for="")
        told = [op for op in BoardOp.objects.filter(board=board, kind=OpKind.ADD) if op.payload.get("author")]
        for op in told:
            op.payload = op.payload | {"author": ""}
        BoardOp.objects.bulk_update(told, ["payload"], batch_size=200)
        Guest.objects.filter(board=board).update(alias=NOBODY, sector="", sending_key=None, email="")
