"""What the one who leads does: open a board, begin phases, give time, lock, end."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.board import VoteMethod
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import person_of
from kompetanseforum.boards.actions import begin_phase, end_board, give_more_time, open_board, set_board
from kompetanseforum.boards.forms import BoardForm
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.belonging import beginning
from kompetanseforum.boards.queries.patterns import PATTERNS, SHARED_TEXT, pattern_called
from kompetanseforum.boards.views.finding import back_to, board_or_404, first_view
from kompetanseforum.boards.views.notes import board_and_number
from kompetanseforum.core.capability import Step
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.text import day

# One press gives so much more.
MORE_MINUTES = 5


def _me(request: Request) -> Person:
    me = person_of(request.viewer.person)
    assert me is not None  # the permission asks for a role, and only people have roles
    return me


@requires("boards.open_board")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """A title and a way of working; everything else is there. `fra` is what it is opened from, `slik` a way that is chosen."""
    home = beginning(request.POST.get("home") or request.GET.get("fra", ""), request.viewer)
    form = BoardForm(request.POST or None, initial=_proposed(home, request.GET.get("slik", "")))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        board = open_board(
            title=given["title"],
            occasion=given["occasion"],
            pattern=pattern_called(given["pattern"]),
            by=_me(request),
            with_examples=given["with_examples"],
            columns=_headings(home, given["pattern"]),
            home=home.ref if home else None,
        )
        return redirect(first_view(board, otherwise="boards:wall"), public_id=board.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "boards/new.html", {"form": form, "patterns": PATTERNS, "home": home}, status=status)


def _proposed(home: Step | None, way: str) -> dict[str, str]:
    """What can be said of it already."""
    chosen = {"pattern": way} if way in {pattern.key for pattern in PATTERNS} else {}
    if home is None:
        return chosen
    is_minutes = home.ref.kind == "meeting" and way == SHARED_TEXT
    title = _("Minutes: %(meeting)s") % {"meeting": home.title} if is_minutes else home.title
    return chosen | {"title": title[:120], "occasion": f"{home.title}, {day(home.on)}"[:160]}


def _headings(home: Step | None, pattern: str) -> Sequence[str]:
    """A text about a challenge has other headings than minutes; every other board has its way's own."""
    if pattern != SHARED_TEXT or home is None or home.ref.kind == "meeting":
        return ()
    return (_("What it is about"), _("What we know"), _("What we suggest"))


@requires("boards.lead_board", of=board_and_number)
@require_POST
def phase(request: Request, both: tuple[Board, int]) -> HttpResponse:
    board, number = both
    if not board.phases.filter(number=number).exists():
        raise Http404
    begin_phase(board=board, number=number, by=_me(request))
    return back_to(request, board)


@requires("boards.lead_board", of=board_or_404)
@require_POST
def more_time(request: Request, board: Board) -> HttpResponse:
    give_more_time(board=board, minutes=MORE_MINUTES, by=_me(request))
    return back_to(request, board)


@requires("boards.lead_board", of=board_or_404)
@require_POST
def settings(request: Request, board: Board) -> HttpResponse:
    """Each button sets one thing: `lock`, `names` or `approve`, to "1" or "0"; or the `method` of the next vote."""
    lock, names, approve = (request.POST.get(name) for name in ("lock", "names", "approve"))
    method = request.POST.get("method")
    set_board(
        board=board,
        by=_me(request),
        is_locked=lock == "1" if lock else None,
        names_are_shown=names == "1" if names else None,
        approves_first=approve == "1" if approve else None,
        vote_method=VoteMethod(method) if method in set(VoteMethod) else None,
    )
    return back_to(request, board)


@requires("boards.lead_board", of=board_or_404)
@require_POST
def end(request: Request, board: Board) -> HttpResponse:
    end_board(board=board, by=_me(request))
    messages.success(request, _("Ended. Those who were here still see the board; nobody else comes in."))
    return back_to(request, board)
