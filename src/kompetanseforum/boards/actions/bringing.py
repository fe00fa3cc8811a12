"""Writes: notes that were brought along in a table."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.board import ItemKind, OpKind, Wish
from kompetanseforum.boards.actions.log import Done, perform
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.refs import new_public_id


def bring_notes(*, board: Board, notes: Sequence[tuple[str, str]], who: Who, sending_key: str) -> list[Done]:
    """(column, text) each. The same form again brings nothing more: its key and the row's number name the operation."""
    asked = [
        (Wish(f"{sending_key}.{number}"[:48], OpKind.ADD, new_public_id(), ItemKind.NOTE, text, inside), who)
        for number, (inside, text) in enumerate(notes)
    ]
    return perform(board, asked)
