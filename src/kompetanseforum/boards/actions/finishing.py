"""Writes: a text that was written together is put where it belongs, without anybody copying it."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction

from kompetanseforum.boards.actions.log import begin, finish
from kompetanseforum.boards.facts import TextUsed
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.finishing import text_home, whole_text
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref


class Used(StrEnum):
    """What became of it."""

    DONE = "done"
    # It stood there already: the button was pressed twice.
    BEFORE = "before"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    # Something else stands there, and nobody has said that it may go.
    TAKEN = "taken"
    NOWHERE = "nowhere"


def use_text(*, board: Board, by: Viewer, instead_of: str = "") -> Used:
    """The text as it is now, on what the board belongs to. `instead_of`: the mark of what it may replace (`Home.mark`).

    The board's row is held meanwhile, so that two presses come one after the other and nobody writes in between.
    """
    with transaction.atomic():
        writing = begin(board)
        home = text_home(writing.board, by)
        if home is None:
            return Used.NOWHERE
        text = whole_text(writing.board, by)
        if not text:
            return Used.EMPTY
        if home.has(text):
            return Used.BEFORE
        if len(text) > home.place.most:
            return Used.TOO_LONG
        if home.standing.strip() and instead_of != home.mark:
            return Used.TAKEN
        home.place.write(by, home.step.ref, text)
        writing.note(
            op_id=f"forum-{new_public_id()}{new_public_id()}",
            kind="outcome",
            actor=str(by.actor or ""),
            payload={"thing": str(home.step.ref)},
        )
        finish(writing, state_seq=writing.seq)
        publish(TextUsed(board=ref(board), thing=home.step.ref), by=by.actor, about=ref(board))
    return Used.DONE
