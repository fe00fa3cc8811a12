"""The report of a board: on the page the same minute, on paper, and as a document."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from kompetanseforum.boards.exports import canvas_paper, canvas_svg, report_document, report_paper
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.notes import items_told_to
from kompetanseforum.boards.queries.report import report_on
from kompetanseforum.boards.views.finding import board_or_404, who_asks
from kompetanseforum.core.http import Request
from kompetanseforum.core.paper import can_make_pdf
from kompetanseforum.core.permissions import requires

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@requires("boards.see_board", of=board_or_404)
@require_safe
def summary(request: Request, board: Board) -> HttpResponse:
    report = report_on(board, request.viewer)
    context = {
        "board": board,
        "who": who_asks(request, board),
        "report": report,
        "can_make_pdf": can_make_pdf(),
    }
    return render(request, "boards/summary.html", context)


@requires("boards.see_board", of=board_or_404)
@require_safe
def paper(request: Request, board: Board) -> HttpResponse:
    """Where no PDF can be made, the page itself, which the browser prints."""
    if not can_make_pdf():
        return redirect("boards:summary", public_id=board.public_id)
    return _file(board, report_paper(report_on(board, request.viewer)), "application/pdf", "pdf")


@requires("boards.see_board", of=board_or_404)
@require_safe
def document(request: Request, board: Board) -> HttpResponse:
    return _file(board, report_document(report_on(board, request.viewer)), _WORD, "docx")


@requires("boards.see_board", of=board_or_404)
@require_safe
def drawing(request: Request, board: Board) -> HttpResponse:
    """The canvas as SVG, as the one who asks may see it."""
    items = items_told_to(board, who_asks(request, board))
    return _file(board, canvas_svg(board, items).encode(), "image/svg+xml", "svg")


@requires("boards.see_board", of=board_or_404)
@require_safe
def drawing_paper(request: Request, board: Board) -> HttpResponse:
    """On one sheet; where no PDF can be made, the canvas itself, which the browser prints."""
    if not can_make_pdf():
        return redirect("boards:canvas", public_id=board.public_id)
    items = items_told_to(board, who_asks(request, board))
    return _file(board, canvas_paper(board, items), "application/pdf", "pdf")


def _file(board: Board, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = slugify(board.title.lower().replace("ø", "o").replace("æ", "ae"))[:60] or board.public_id
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
