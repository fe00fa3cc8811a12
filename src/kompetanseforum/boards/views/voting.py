"""Dots: one's own, those of somebody in the room, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanse.board import VoteMethod
from kompetanseforum.boards.actions import VoteRefusal, give_answers, put_dots
from kompetanseforum.boards.models import Board, VoteRound
from kompetanseforum.boards.queries.ballots import METHOD_WORDS, QUESTIONS, answers_to, outcomes_of, own_answers
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
        VoteRefusal.NO_SUCH_ANSWER: _("Look through your answers. No place can be given twice, and none left out."),
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


@requires("boards.take_part", of=board_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: Request, board: Board) -> HttpResponse:
    """Every vote that is not by dots: one's answers on one page, to change as long as it is open."""
    who, round = who_asks(request, board), open_round(board)
    if round is None or round.method == VoteMethod.DOTS:
        status = 422 if request.method == "POST" else 200
        return render(request, "boards/vote_for.html", {"board": board}, status=status)
    is_proxy = who.is_leading and "for_others" in request.POST
    voter = f"proxy:{request.POST.get('voter', '')[:40]}" if is_proxy else who.ref
    mine = own_answers(round, who.ref)
    error = ""
    if request.method == "POST":
        who_writes(request, board)
        said, reasons = _answered(request, round)
        given = request.POST.get("sector", "")
        sector = (given if given in SECTOR_WORDS else "") if is_proxy else who.sector
        refusal = give_answers(round=round, voter=voter, sector=sector, said=said, reasons=reasons, is_proxy=is_proxy)
        if refusal is None:
            messages.success(request, _("Your answers are in. They can be changed until the vote is closed."))
            return redirect("boards:list", public_id=board.public_id)
        error = _words(refusal)
        mine = {option: (value, reasons.get(option, "")) for option, value in said.items()}
    context = {
        "board": board,
        "who": who,
        "question": QUESTIONS[VoteMethod(round.method)],
        "answers": answers_to(round),
        "rows": [(option, text, *mine.get(option, (None, ""))) for option, text in option_texts(round)],
        "is_consent": round.method == VoteMethod.CONSENT,
        "is_ranking": round.method == VoteMethod.RANKING,
        "sectors": SECTOR_WORDS,
        "error": error,
        "voter": request.POST.get("voter") or new_sending_key(),
    }
    return render(request, "boards/ballot.html", context, status=422 if error else 200)


def _answered(request: Request, round: VoteRound) -> tuple[dict[str, int], dict[str, str]]:
    """What was answered; an option that was skipped, or has no number, is not among it."""
    typed = {option: request.POST.get(f"a-{option}", "") for option in round.options}
    said = {
        option: int(value)
        for option, value in typed.items()
        if value.isascii() and value.isdecimal() and len(value) < 5
    }
    reasons = {option: request.POST.get(f"r-{option}", "") for option in round.options}
    return {option: value for option, value in said.items() if value}, reasons


@requires("boards.see_board", of=board_or_404)
@require_safe
def result(request: Request, board: Board) -> HttpResponse:
    """Overall, by sector, and what bridges them. Nothing of it before the vote is closed."""
    shown = shown_board(board, who_asks(request, board), request.viewer)
    round = last_closed_round(board) if shown.round is None else None
    if round is not None and round.method != VoteMethod.DOTS:
        return _outcomes(request, board, round)
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


def _outcomes(request: Request, board: Board, round: VoteRound) -> HttpResponse:
    found = outcomes_of(round)
    bridging = [each for each in found if each.outcome.bridge is not None]
    context = {
        "board": board,
        "outcomes": found,
        "method": METHOD_WORDS[VoteMethod(round.method)],
        "is_consent": round.method == VoteMethod.CONSENT,
        "is_scale": round.method == VoteMethod.SCALE,
        "is_ranking": round.method == VoteMethod.RANKING,
        "bridging": sorted(bridging, key=lambda each: -(each.outcome.bridge or 0))[:5],
    }
    return render(request, "boards/outcomes.html", context)
