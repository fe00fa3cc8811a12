"""The link for those who look on: they read along, and neither write nor are counted."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.looking_on import board_by_spectators_secret, spectator_of, spectators_secret
from kompetanseforum.boards.rules import may_see_board
from kompetanseforum.boards.views.finding import board_or_404, first_view
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public, requires


@requires("boards.lead_board", of=board_or_404)
@require_safe
def spectators(request: Request, board: Board) -> HttpResponse:
    """The link, to send."""
    address = reverse("boards:look_on", kwargs={"secret": spectators_secret(board)})
    context = {"board": board, "address": request.build_absolute_uri(address)}
    return render(request, "boards/spectators.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def look_on(request: Request, secret: str) -> HttpResponse:
    """Opening it changes nothing; its button lets one in. Who is on the board already goes straight there."""
    limit(request.viewer.network, "boards.look_on", most=400, per_seconds=600)
    board = board_by_spectators_secret(secret.strip().lower())
    if board is None:
        raise Http404
    if request.method == "POST":
        hold(request, spectator_of(board))
    if request.method == "POST" or may_see_board(request.viewer, board):
        return redirect(first_view(board, otherwise="boards:wall"), public_id=board.public_id)
    return render(request, "boards/look_on.html", {"board": board})
