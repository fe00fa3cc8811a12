"""Boards and notes in threads: what other pages tell of where something was raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import boards_named, note_ref, notes_named
from kompetanseforum.boards.rules import may_see_board
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref


def board_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """Where it was raised is told to all; the board itself opens for those who were there."""
    return {ref(board): _board(board, viewer) for board in boards_named([one.id for one in refs])}


def _board(board: Board, viewer: Viewer) -> Step:
    return Step(
        ref=ref(board),
        on=board.made_at,
        kind=_("Board"),
        title=board.title,
        url=reverse("boards:wall", kwargs={"public_id": board.public_id}) if may_see_board(viewer, board) else "",
        text=board.occasion,
        side="asked",
    )


def note_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """What was written is for those who were there."""
    notes = notes_named([one.id for one in refs])
    seen = {board: may_see_board(viewer, board) for board in {note.board for note in notes}}
    return {
        note_ref(note): Step(
            ref=note_ref(note),
            on=note.made_at,
            kind=_("Note"),
            title=f"«{note.text}»",
            url=reverse("boards:note", kwargs={"public_id": note.public_id}),
            side="asked",
        )
        for note in notes
        if seen[note.board]
    }
