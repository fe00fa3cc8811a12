"""Reads: a text written together as one text, and where it can stand: on the meeting or challenge the board belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.belonging import home_of
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.shown import ShownBoard, ShownColumn, ShownGroup, shown_board
from kompetanseforum.core.capability import Step, TextPlace, text_place
from kompetanseforum.core.permissions import Viewer

_ANYBODY = Who(ref="", name="", sector="", is_leading=False)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the text can stand, and what stands there now."""

    step: Step
    place: TextPlace
    standing: str

    @property
    def mark(self) -> str:
        """Of what stands there: whoever says "instead of this" has seen this."""
        return hashlib.sha256(self.standing.encode()).hexdigest()[:16]

    def has(self, text: str) -> bool:
        # A form and a file end their lines each in their own way.
        return self.standing.split() == text.split()


def text_home(board: Board, viewer: Viewer) -> Home | None:
    """None where the board stands alone, belongs to what has no place for a text, or the viewer may not write there."""
    step = home_of(board, viewer)
    place = text_place(step.ref.kind) if step else None
    if step is None or place is None:
        return None
    standing = place.standing(viewer, step.ref)
    return None if standing is None else Home(step, place, standing)


def whole_text(board: Board, viewer: Viewer) -> str:
    """Headings and paragraphs with a blank line between, as somebody reads it who has written nothing."""
    return text_in(shown_board(board, _ANYBODY, viewer))


def text_in(shown: ShownBoard) -> str:
    """A heading with nothing under it is left out."""
    return "\n\n".join(part for column in shown.columns for part in _parts(column))


def _parts(column: ShownColumn) -> list[str]:
    written: list[str] = []
    for entry in column.entries:
        notes = entry.notes if isinstance(entry, ShownGroup) else (entry,)
        paragraphs = [note.text for note in notes if note.text and not note.is_hidden]
        if paragraphs and isinstance(entry, ShownGroup) and entry.text:
            written.append(entry.text)
        written += paragraphs
    return [column.text, *written] if written else []
