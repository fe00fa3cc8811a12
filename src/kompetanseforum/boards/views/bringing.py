"""Notes brought along in a table: chosen, looked through row by row, put on the board."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kompetanse.board import MOST_CHARACTERS
from kompetanseforum.boards.actions import bring_notes
from kompetanseforum.boards.forms import TableForm
from kompetanseforum.boards.imports import MOST_NOTES, read_notes
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.notes import frames_on
from kompetanseforum.boards.queries.words import REFUSALS
from kompetanseforum.boards.views.finding import board_or_404, who_asks
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.tables import MOST_MEGABYTES, TableError


@requires("boards.lead_board", of=board_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request, board: Board) -> HttpResponse:
    """First the file, then its rows to look at, then they stand on the board."""
    if "rows" in request.POST:
        return _put(request, board)
    homes = frames_on(board)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        # One more than may be is read, so that what is too large is told as that.
        content = file.read(MOST_MEGABYTES * 1024 * 1024 + 1)
        try:
            brought = read_notes(content, file_name=file.name or "", homes=homes)
        except TableError as error:
            form.add_error("file", error.problem.text)
        else:
            context = {
                "board": board,
                "brought": brought,
                "rows": json.dumps([[note.inside, note.text] for note in brought.notes]),
                "sending_key": new_sending_key(),
            }
            return render(request, "boards/look_through.html", context)
    context = {"board": board, "form": form, "homes": homes, "most": MOST_NOTES, "megabytes": MOST_MEGABYTES}
    return render(request, "boards/bring.html", context, status=422 if request.method == "POST" else 200)


def _put(request: Request, board: Board) -> HttpResponse:
    """What came back from the page; read as hostile, since a browser sent it."""
    done = bring_notes(
        board=board,
        notes=_rows(request.POST["rows"]),
        who=who_asks(request, board),
        sending_key=request.POST.get("sending_key", "")[:40] or new_sending_key(),
    )
    refused = next((each.refusal for each in done if each.refusal is not None), None)
    kept = sum(each.refusal is None for each in done)
    if kept:
        words = ngettext("%(n)s note is on the board.", "%(n)s notes are on the board.", kept) % {"n": kept}
        messages.success(request, words)
    if refused is not None:
        messages.warning(request, str(REFUSALS[refused]))
    return redirect("boards:wall", public_id=board.public_id)


def _rows(sent: str) -> list[tuple[str, str]]:
    try:
        rows = json.loads(sent)
    except (ValueError, RecursionError):
        return []
    pairs = [row for row in rows[:MOST_NOTES] if _is_pair(row)] if isinstance(rows, list) else []
    return [(inside[:10], text) for inside, text in pairs if 0 < len(text.strip()) <= MOST_CHARACTERS]


def _is_pair(row: object) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row)
