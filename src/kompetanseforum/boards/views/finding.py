"""What every page of a board begins with: the board, the note, and who it is that asks."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.board import PhaseKind
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.log import current_phase
from kompetanseforum.boards.queries.notes import notes_chosen
from kompetanseforum.boards.queries.people import Who, board_by_id, item_by_id, who_on
from kompetanseforum.boards.rules import MOST_OPERATIONS, OPERATIONS_SECONDS
from kompetanseforum.core.http import Request, safe_next
from kompetanseforum.core.limits import limit


def board_or_404(public_id: str) -> Board:
    board = board_by_id(public_id)
    if board is None:
        raise Http404
    return board


def first_view(board: Board, *, otherwise: str = "boards:list") -> str:
    """Where one comes in: a text is read as one."""
    return "boards:text" if current_phase(board).kind == PhaseKind.TEXT else otherwise


def note_or_404(public_id: str) -> Item:
    item = item_by_id(public_id)
    if item is None:
        raise Http404
    return item


def who_asks(request: Request, board: Board) -> Who:
    """The permission has let them in, so they are somebody there."""
    who = who_on(board, request.viewer)
    if who is None:
        raise PermissionDenied
    return who


def who_writes(request: Request, board: Board) -> Who:
    """The same, counted: raises TooMany for one that writes faster than anybody can."""
    who = who_asks(request, board)
    limit(who.ref, "board_operation", most=MOST_OPERATIONS, per_seconds=OPERATIONS_SECONDS)
    return who


def back_to(request: Request, board: Board) -> HttpResponse:
    """Where the form stood."""
    return redirect(safe_next(request, reverse("boards:list", kwargs={"public_id": board.public_id})))


def chosen_notes(request: Request, board: Board) -> list[Item]:
    """Those that are ticked on the wall, in the order they stand."""
    return notes_chosen(board, request.POST.getlist("note"), who_asks(request, board))


def nothing_chosen(request: Request, board: Board) -> HttpResponse:
    messages.warning(request, _("Tick the notes it is about first."))
    return redirect("boards:wall", public_id=board.public_id)
