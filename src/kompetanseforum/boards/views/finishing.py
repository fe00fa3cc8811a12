"""A text that was written together becomes a meeting's minutes, or what a challenge says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kompetanseforum.boards.actions import Used, use_text
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.finishing import Home, text_home, text_in, whole_text
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.shown import ShownBoard
from kompetanseforum.boards.views.finding import board_or_404
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires

_REFUSALS: Mapping[Used, Promise] = {
    Used.EMPTY: _("Nothing is written yet."),
    Used.TOO_LONG: _("The text is longer than there is room for. Shorten it, or take it along as a Word file."),
    Used.NOWHERE: _("The board does not belong to anything where the text can stand."),
}


@requires("boards.lead_board", of=board_or_404)
@require_POST
def use(request: Request, board: Board) -> HttpResponse:
    """Asked once more only when something else stands there, which is shown beside what would come instead."""
    home = text_home(board, request.viewer)
    done = use_text(board=board, by=request.viewer, instead_of=request.POST.get("instead_of", ""))
    if done == Used.TAKEN and home is not None:
        context = {"board": board, "home": home, "text": whole_text(board, request.viewer)}
        return render(request, "boards/use_text.html", context, status=422)
    if home is None or done in _REFUSALS:
        messages.warning(request, str(_REFUSALS.get(done, _REFUSALS[Used.NOWHERE])))
        return redirect("boards:text", public_id=board.public_id)
    messages.success(request, str(_("The text stands here now.")))
    return redirect(home.step.url)


def finished(request: Request, shown: ShownBoard, who: Who) -> dict[str, object]:
    """What the page of the text says to the one who leads: where it can stand, and whether it does."""
    home = text_home(shown.board, request.viewer) if who.is_leading and shown.is_text else None
    return {"text_home": home, "is_used": home is not None and _stands(home, shown)}


def _stands(home: Home, shown: ShownBoard) -> bool:
    text = text_in(shown)
    return bool(text) and home.has(text)
