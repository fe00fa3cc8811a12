"""Who may be on a board, and who leads it. What a participant may do with notes is the phase's to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from kompetanse.board import OpKind
from kompetanse.refs import Ref
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.core.permissions import Viewer, permission

# Those who meet firms on the forum's behalf, and run gatherings.
_HOUSE = ("coordinator", "facilitator")

# What each operation asks for, at every door: a page, the socket, the fallback without one.
PERMISSION_OF: Mapping[str, str] = {
    OpKind.ADD: "boards.take_part",
    OpKind.EDIT: "boards.take_part",
    OpKind.MOVE: "boards.take_part",
    OpKind.DELETE: "boards.take_part",
    OpKind.RESTORE: "boards.take_part",
    OpKind.MERGE: "boards.take_part",
    OpKind.PART: "boards.take_part",
    OpKind.PLACE: "boards.take_part",
    OpKind.LOOK: "boards.take_part",
    OpKind.ERASE: "boards.take_part",
    OpKind.HOLD: "boards.lead_board",
    OpKind.RELEASE: "boards.lead_board",
    OpKind.APPROVE: "boards.lead_board",
}

# So many may come in from one network in ten minutes: a full hall behind one address.
MOST_JOINING, MOST_JOINING_SECONDS = 400, 600
# Codes that lead nowhere.
MOST_WRONG_CODES, WRONG_CODES_SECONDS = 20, 600
# So many operations may one device do in a minute; nobody writes so fast, a script does.
MOST_OPERATIONS, OPERATIONS_SECONDS = 240, 60
# Where one points, in a minute; and what one drags.
MOST_PASSING = 900

# So long what one did can be undone, and what is deleted is kept.
UNDONE_WITHIN = timedelta(days=30)
# So long after it closed a vote still knows which dots are whose.
VOTERS_KNOWN_FOR = timedelta(days=14)
# So long after the last thing was done on a board it knows who was there, and who wrote what.
PEOPLE_KNOWN_FOR = timedelta(days=730)

# A board, a note on it, or a board with the number of an operation.
About = Board | Item | tuple[Board, int]


def board_of(about: About) -> Board:
    if isinstance(about, tuple):
        return about[0]
    return about.board if isinstance(about, Item) else about


def is_of_house(viewer: Viewer) -> bool:
    return any(viewer.is_a(role) for role in _HOUSE)


def is_guest_of(viewer: Viewer, board: Board) -> bool:
    held = [thing.id for thing in viewer.holds if thing.kind == "guest"]
    return bool(held) and board.guests.filter(public_id__in=held).exists()


def is_spectator_of(viewer: Viewer, board: Board) -> bool:
    """Came by the link that only looks on."""
    return Ref("spectator", board.public_id) in viewer.holds


@permission("boards.open_board")
def may_open_board(viewer: Viewer, about: object) -> bool:
    """Make a new one, and see all there are."""
    return is_of_house(viewer)


@permission("boards.see_board")
def may_see_board(viewer: Viewer, about: About) -> bool:
    """Those who came in by its link or code or look on, and the house."""
    board = board_of(about)
    return may_take_part(viewer, board) or is_spectator_of(viewer, board)


@permission("boards.take_part")
def may_take_part(viewer: Viewer, about: About) -> bool:
    return is_of_house(viewer) or is_guest_of(viewer, board_of(about))


@permission("boards.lead_board")
def may_lead_board(viewer: Viewer, about: About) -> bool:
    return is_of_house(viewer)
