"""Writes: the board is made as it was at an earlier number, by operations that everybody sees and that can be undone."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction

from kompetanse.board import PhaseKind, way_back
from kompetanse.board.items import changed
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions.log import begin, finish
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.log import current_phase, known_operations, replayed, rows_on, value_of
from kompetanseforum.core.refs import ref


class RestoreRefusal(StrEnum):
    """Why the board was not made as it was."""

    # What is voted on stands still.
    VOTING = "voting"
    NO_SUCH_NUMBER = "no_such_number"


def restore_board(*, board: Board, seq: int, by: Person, op_id: str) -> RestoreRefusal | int:
    """Returns the number the board had before, which is the way back from it. Sent twice, it is done once."""
    with transaction.atomic():
        writing = begin(board)
        if first := known_operations([op_id]).get(op_id):
            return first[1] - 1
        if PhaseKind(current_phase(writing.board).kind) == PhaseKind.VOTE:
            return RestoreRefusal.VOTING
        if not 0 < seq <= writing.seq:
            return RestoreRefusal.NO_SUCH_NUMBER
        before = writing.seq
        writing.rows = rows_on(writing.board)
        writing.items = {public_id: value_of(row) for public_id, row in writing.rows.items()}
        actor = str(ref(by))
        # The first line says what was done, and is known by the form's own id.
        writing.note(op_id=op_id, kind="settings", actor=actor, payload={"restored": seq})
        for number, (item, values) in enumerate(way_back(writing.items, replayed(board, until=seq)).items()):
            now = writing.items[item]
            payload = values | ({"text_seq": writing.seq + 1} if "text" in values else {})
            was = {name: getattr(now, name) for name in payload}
            at = writing.note(
                op_id=f"{op_id}.{number}", kind="revert", actor=actor, item=item, payload=payload, was=was
            )
            writing.items[item] = changed(now, item, payload)
            writing.touched[item] = at
        finish(writing, state_seq=writing.seq)
    return before
