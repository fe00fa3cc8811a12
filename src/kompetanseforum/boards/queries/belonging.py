"""Reads: what a board belongs to: the meeting, challenge or room it was opened from."""

from __future__ import annotations

from kompetanse.board import PhaseKind
from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.boards.models import Board
from kompetanseforum.core.capability import Step, thread_steps
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.threads.models import Edge

# From these one opens a board. Boards know them by Ref alone.
BEGINNINGS = ("meeting", "challenge", "room")


def beginning(text: str, viewer: Viewer) -> Step | None:
    """What is named, if it may begin a board and the viewer may see it."""
    try:
        named = Ref.parse(text)
    except ValueError:
        return None
    return thread_steps(viewer, [named]).get(named) if named.kind in BEGINNINGS else None


def texts_of(home: Ref) -> list[Board]:
    """The texts that are written together for it, newest first."""
    edges = Edge.objects.filter(
        upstream_kind=home.kind,
        upstream_id=home.id,
        downstream_kind="board",
        relation=Relation.RAISED_IN,
        taken_back_at=None,
    )
    boards = Board.objects.filter(public_id__in=edges.values("downstream_id"), phases__kind=PhaseKind.TEXT)
    return list(boards.distinct().order_by("-made_at"))


def home_of(board: Board, viewer: Viewer) -> Step | None:
    """The way back from the board, for those who may see where it leads."""
    edge = Edge.objects.filter(
        downstream_kind="board",
        downstream_id=board.public_id,
        upstream_kind__in=BEGINNINGS,
        relation=Relation.RAISED_IN,
        taken_back_at=None,
    ).first()
    return thread_steps(viewer, [edge.upstream]).get(edge.upstream) if edge else None
