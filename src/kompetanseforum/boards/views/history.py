"""The workshop as it was: a slider through it, and the way back for the one who leads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.boards.actions import RestoreRefusal, restore_board
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.history import past
from kompetanseforum.boards.views.finding import board_or_404, who_asks
from kompetanseforum.boards.views.notes import board_and_number
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key

_REFUSALS = {
    RestoreRefusal.VOTING: gettext_lazy("The vote is open. What is voted on stands still until it is closed."),
    RestoreRefusal.NO_SUCH_NUMBER: gettext_lazy("The board has no such version."),
}


@requires("boards.see_board", of=board_or_404)
@require_safe
def history(request: Request, board: Board) -> HttpResponse:
    """One moment of it; by links where no script runs, by a slider else."""
    who = who_asks(request, board)
    asked = request.GET.get("sted", "")
    found = past(board, who, place=int(asked) if asked.isdecimal() and len(asked) < 10 else None)
    if found is None:
        raise Http404
    context = {"board": board, "past": found, "who": who, "op_id": new_sending_key()}
    return render(request, "boards/history.html", context)


@requires("boards.lead_board", of=board_and_number)
@require_POST
def restore(request: Request, both: tuple[Board, int]) -> HttpResponse:
    """The board is as it was at that number, for everybody at once; what came since stands in the history."""
    board, number = both
    me = person_of(request.viewer.person)
    assert me is not None  # the permission asks for a role, and only people have roles
    op_id = request.POST.get("op_id", "")[:36] or new_sending_key()
    done = restore_board(board=board, seq=number, by=me, op_id=op_id)
    if isinstance(done, RestoreRefusal):
        messages.warning(request, str(_REFUSALS[done]))
        return redirect("boards:history", public_id=board.public_id)
    back = reverse("boards:restore", kwargs={"public_id": board.public_id, "number": done})
    messages.success(request, _("The board is as it was then."), extra_tags=f"undo {back}")
    return redirect("boards:wall", public_id=board.public_id)
