"""In by link, QR or code: a name, a sector if one likes, and one is writing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.boards.actions import join_board
from kompetanseforum.boards.forms import CodeForm, JoinForm
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import board_by_code, boards_of, guest_of
from kompetanseforum.boards.rules import (
    MOST_JOINING,
    MOST_JOINING_SECONDS,
    MOST_WRONG_CODES,
    WRONG_CODES_SECONDS,
    may_open_board,
)
from kompetanseforum.boards.views.finding import board_or_404, first_view
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import count, limit, refuse_after
from kompetanseforum.core.permissions import public
from kompetanseforum.core.refs import ref
from kompetanseforum.core.sending import new_sending_key


@public
@require_http_methods(["GET", "HEAD", "POST"])
def boards(request: Request) -> HttpResponse:
    """Come in with a code; the boards one has been on, and for the house all of them."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (board := _board_of(request, form)):
        return redirect("boards:enter", public_id=board.public_id)
    is_of_house = may_open_board(request.viewer, None)
    context = {
        "form": form,
        "boards": boards_of(request.viewer, is_of_house=is_of_house)[:100],
        "is_of_house": is_of_house,
    }
    return render(request, "boards/boards.html", context, status=422 if request.method == "POST" else 200)


def _board_of(request: Request, form: CodeForm) -> Board | None:
    network = request.viewer.network
    refuse_after(network, "wrong_board_code", most=MOST_WRONG_CODES, per_seconds=WRONG_CODES_SECONDS)
    if not form.is_valid():
        return None
    board = board_by_code(form.cleaned_data["code"])
    if board is None:
        count(network, "wrong_board_code", per_seconds=WRONG_CODES_SECONDS)
        form.add_error("code", _("No board that is open has that code. See that the letters and the number are right."))
    return board


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request, public_id: str) -> HttpResponse:
    """Who has been here goes straight in."""
    board = board_or_404(public_id)
    if guest_of(request.viewer, board) is not None:
        return redirect(first_view(board), public_id=board.public_id)
    if board.ended_at is not None:
        return render(request, "boards/ended.html", {"board": board})
    form = JoinForm(request.POST or None, initial={"sending_key": new_sending_key()})
    if request.method == "POST" and form.is_valid():
        return _come_in(request, board, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "boards/enter.html", {"board": board, "form": form}, status=status)


def _come_in(request: Request, board: Board, form: JoinForm) -> HttpResponse:
    limit(request.viewer.network, "join_board", most=MOST_JOINING, per_seconds=MOST_JOINING_SECONDS)
    given = form.cleaned_data
    guest = join_board(
        board=board, alias=given["alias"], sector=given["sector"], sending_key=given["sending_key"] or None
    )
    hold(request, ref(guest))
    return redirect(first_view(board), public_id=board.public_id)
