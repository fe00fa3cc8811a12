"""The board as one sees it: wall, list, table, and the room's screen; and what a script asks for."""

from __future__ import annotations

import json

import segno
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanse.board import LOOKS, ItemKind, PhaseKind, VoteMethod
from kompetanseforum.boards.actions import perform
from kompetanseforum.boards.exports import as_csv, as_json
from kompetanseforum.boards.forms import answer, wishes_in
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.ballots import METHOD_WORDS, QUESTIONS
from kompetanseforum.boards.queries.belonging import home_of
from kompetanseforum.boards.queries.log import changes_since
from kompetanseforum.boards.queries.patterns import PROMPTS, TITLES
from kompetanseforum.boards.queries.pieces import BLANK_PIECE
from kompetanseforum.boards.queries.screen import who_is_in
from kompetanseforum.boards.queries.shown import (
    BLANK_COLUMN,
    BLANK_GROUP,
    BLANK_NOTE,
    ShownBoard,
    live_rows,
    shown_board,
)
from kompetanseforum.boards.queries.tabled import ORDERS, TableAsked, table_rows
from kompetanseforum.boards.queries.words import LOOK_WORDS, SECTOR_WORDS
from kompetanseforum.boards.views.finding import board_or_404, who_asks, who_writes
from kompetanseforum.boards.views.finishing import finished
from kompetanseforum.boards.views.rows import PhaseStep, phase_steps
from kompetanseforum.boards.views.telling import canvas_words, live, may
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


@requires("boards.see_board", of=board_or_404)
@require_safe
def wall(request: Request, board: Board) -> HttpResponse:
    return render(request, "boards/wall.html", _context(request, board, view="wall"))


@requires("boards.see_board", of=board_or_404)
@require_safe
def text(request: Request, board: Board) -> HttpResponse:
    """The same items as one text, each a paragraph."""
    shown, who = _shown(request, board), who_asks(request, board)
    context = _context(request, board, view="text", shown=shown) | finished(request, shown, who)
    return render(request, "boards/text.html", context)


@requires("boards.see_board", of=board_or_404)
@require_safe
def in_list(request: Request, board: Board) -> HttpResponse:
    return render(request, "boards/list.html", _context(request, board, view="list"))


@requires("boards.see_board", of=board_or_404)
@require_safe
def canvas(request: Request, board: Board) -> HttpResponse:
    """The same items, free: the columns are frames. Without a script they stand in frames, one below the other."""
    context = _context(request, board, view="canvas")
    context |= {
        "canvas": canvas_words(board),
        "shapes": [(look, LOOK_WORDS[look]) for look in LOOKS[ItemKind.SHAPE]],
        "ends": [(look, LOOK_WORDS[look]) for look in LOOKS[ItemKind.CONNECTOR]],
        "blank_column": BLANK_COLUMN,
        "blank_piece": BLANK_PIECE,
    }
    return render(request, "boards/canvas.html", context)


@requires("boards.see_board", of=board_or_404)
@require_safe
def table(request: Request, board: Board) -> HttpResponse:
    """Sorted, and those alone that one asks for."""
    shown, asked = _shown(request, board), TableAsked.from_query(request.GET)
    context = _context(request, board, view="table", shown=shown)
    context |= {"asked": asked, "rows": table_rows(shown, asked), "orders": ORDERS}
    return render(request, "boards/table.html", context)


def _shown(request: Request, board: Board) -> ShownBoard:
    return shown_board(board, who_asks(request, board), request.viewer)


@requires("boards.see_board", of=board_or_404)
@require_safe
def screen(request: Request, board: Board) -> HttpResponse:
    """For the wall of the room: how one comes in, and who has, counted anew while they do."""
    context: dict[str, object] = {"board": board, "inside": who_is_in(board)}
    if request.htmx:
        return render(request, "boards/_who_is_in.html", context)
    url = _way_in(request, board)
    return render(request, "boards/screen.html", context | {"url": url, "drawing": qr(url)})


@requires("boards.see_board", of=board_or_404)
@require_safe
def export(request: Request, board: Board, extension: str = "csv") -> HttpResponse:
    shown = shown_board(board, who_asks(request, board), request.viewer)
    return as_json(shown) if request.GET.get("format") == "json" else as_csv(shown)


@requires("boards.see_board", of=board_or_404)
@require_safe
def since(request: Request, board: Board) -> HttpResponse:
    """What has changed after a number, for a browser that cannot keep a socket open."""
    asked = request.GET.get("seq", "0")
    changes = changes_since(board.public_id, int(asked) if asked.isdecimal() and len(asked) < 16 else 0)
    if changes is None:
        raise Http404
    rows = live_rows(changes.rows, board, who_asks(request, board))
    return JsonResponse({"seq": changes.seq, "items": rows, "state": changes.is_board_changed})


@requires("boards.take_part", of=board_or_404)
@require_POST
def do(request: Request, board: Board) -> HttpResponse:
    """Operations from a script without a socket; each is answered, and those that are not read are refused."""
    who = who_writes(request, board)
    try:
        sent = json.loads(request.body)
    except ValueError:
        return JsonResponse({"done": []}, status=422)
    wishes, refused = wishes_in(sent.get("ops") if isinstance(sent, dict) else None)
    done = perform(board, [(wish, who) for wish in wishes])
    return JsonResponse({"done": [answer(each) for each in [*done, *refused]]})


def _way_in(request: Request, board: Board) -> str:
    return request.build_absolute_uri(reverse("boards:enter", kwargs={"public_id": board.public_id}))


def qr(url: str) -> SafeString:
    drawing = segno.make(url, error="m").svg_inline(scale=8, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawing)  # noqa: S308 drawn by segno


def _context(request: Request, board: Board, *, view: str, shown: ShownBoard | None = None) -> dict[str, object]:
    who = who_asks(request, board)
    shown = shown or shown_board(board, who, request.viewer)
    kind = PhaseKind(shown.phase.kind)
    return {
        "board": board,
        "shown": shown,
        "who": who,
        "view": view,
        "views": _views(shown, view),
        "home": home_of(board, request.viewer),
        "steps": phase_steps(shown),
        "next_step": _next_step(shown),
        "phase_title": TITLES[kind],
        "prompt": shown.phase.prompt or _prompt(shown, kind),
        "op_id": new_sending_key(),
        "drawing": qr(_way_in(request, board)) if view in ("wall", "canvas") else "",
        "live": live(board, shown, who),
        "sectors": SECTOR_WORDS,
        "methods": METHOD_WORDS,
        # What the script makes new ones from.
        "blank_note": BLANK_NOTE,
        "blank_group": BLANK_GROUP,
        **may(shown),
    }


def _prompt(shown: ShownBoard, kind: PhaseKind) -> object:
    """What to do now; a vote that is not by dots asks its own question."""
    round = shown.round if shown.has_page_to_vote else None
    return QUESTIONS[VoteMethod(round.method)] if round else PROMPTS[kind]


def _next_step(shown: ShownBoard) -> PhaseStep | None:
    steps = phase_steps(shown)
    return next((step for step in steps if shown.next_phase and step.number == shown.next_phase.number), None)


def _views(shown: ShownBoard, view: str) -> list[tuple[str, str, bool]]:
    of = {"public_id": shown.board.public_id}
    whole = [(_("Text"), reverse("boards:text", kwargs=of), view == "text")] if shown.is_text else []
    return [
        *whole,
        (_("Wall"), reverse("boards:wall", kwargs=of), view == "wall"),
        (_("Canvas"), reverse("boards:canvas", kwargs=of), view == "canvas"),
        (_("List"), reverse("boards:list", kwargs=of), view == "list"),
        (_("Table"), reverse("boards:table", kwargs=of), view == "table"),
    ]
