"""Dots: one's own, those of somebody in the room, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.boards.actions import VoteRefusal, put_dots
from kompetanseforum.boards.models import Board, VoteRound
from kompetanseforum.boards.queries.shown import shown_board
from kompetanseforum.boards.queries.votes import last_closed_round, open_round, option_texts, result_of
from kompetanseforum.boards.queries.words import SECTOR_WORDS
from kompetanseforum.boards.views.finding import back_to, board_or_404, who_asks, who_writes
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


def _words(refusal: VoteRefusal) -> str:
    return {
        VoteRefusal.CLOSED: _("The vote is closed."),
        VoteRefusal.NO_SUCH_OPTION: _("That one is not voted on."),
        VoteRefusal.TOO_MANY: _("You have no dots left. Take one back first."),
    }[refusal]


@requires("boards.take_part", of=board_or_404)
@require_POST
def dots(request: Request, board: Board) -> HttpResponse:
    """Put a dot, or take it back."""
    who = who_writes(request, board)
    round = open_round(board)
    if round is None:
        refusal: VoteRefusal | None = VoteRefusal.CLOSED
    else:
        number = 1 if request.POST.get("dots") == "1" else 0
        option = request.POST.get("option", "")[:10]
        refusal = put_dots(round=round, voter=who.ref, sector=who.sector, option=option, dots=number)
    if refusal is not None:
        messages.warning(request, _words(refusal))
    return back_to(request, board)


@requires("boards.lead_board", of=board_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def for_another(request: Request, board: Board) -> HttpResponse:
    """The dots of somebody in the room who has no device; marked as such."""
    round = open_round(board)
    if round is None:
        status = 422 if request.method == "POST" else 200
        return render(request, "boards/vote_for.html", {"board": board}, status=status)
    chosen = request.POST.getlist("option")
    error = ""
    if request.method == "POST" and not 0 < len(chosen) <= round.budget:
        error = _("Tick from one to %(budget)s.") % {"budget": round.budget}
    elif request.method == "POST":
        _put_for_another(request, round, chosen)
        messages.success(request, _("The vote is in, marked as given for somebody in the room."))
        return redirect("boards:wall", public_id=board.public_id)
    context = {
        "board": board,
        "round": round,
        "options": [(public_id, text, public_id in chosen) for public_id, text in option_texts(round)],
        "sectors": SECTOR_WORDS,
        "error": error,
        "voter": request.POST.get("voter") or new_sending_key(),
    }
    return render(request, "boards/vote_for.html", context, status=422 if error else 200)


def _put_for_another(request: Request, round: VoteRound, chosen: list[str]) -> None:
    """The form's own key is the voter, so that a form sent twice is one vote."""
    voter = f"proxy:{request.POST.get('voter', '')[:40]}"
    given = request.POST.get("sector", "")
    sector = given if given in SECTOR_WORDS else ""
    for option in chosen:
        put_dots(round=round, voter=voter, sector=sector, option=option[:10], dots=1, is_proxy=True)


@requires("boards.see_board", of=board_or_404)
@require_safe
def result(request: Request, board: Board) -> HttpResponse:
    """Overall, by sector, and what bridges them. Nothing of it before the vote is closed."""
    shown = shown_board(board, who_asks(request, board), request.viewer)
    round = last_closed_round(board) if shown.round is None else None
    counts = result_of(round) if round else []
    bridging = sorted(
        (each for each in counts if each.count.bridge is not None), key=lambda each: -(each.count.bridge or 0)
    )
    context = {
        "board": board,
        "shown": shown,
        "counts": counts,
        "without": [each.text for each in counts if not each.count.dots and each.text],
        "bridging": bridging[:5],
    }
    return render(request, "boards/result.html", context)
