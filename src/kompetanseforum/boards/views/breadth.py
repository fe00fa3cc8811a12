"""Who has spoken, and whom to invite: a suggestion, never a mark."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.breadth import breadth_of
from kompetanseforum.boards.views.finding import board_or_404, who_asks
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires


@requires("boards.see_board", of=board_or_404)
@require_safe
def breadth(request: Request, board: Board) -> HttpResponse:
    who = who_asks(request, board)
    address = reverse("boards:enter", kwargs={"public_id": board.public_id})
    context = {
        "board": board,
        "who": who,
        "breadth": breadth_of(board, suggests=who.is_leading),
        "address": request.build_absolute_uri(address),
    }
    return render(request, "boards/breadth.html", context)
