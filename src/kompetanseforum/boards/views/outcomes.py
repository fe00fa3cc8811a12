"""What notes become: the selection bar's first door. Upper capabilities add theirs by the panel `board.selection`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.boards.actions import make_need
from kompetanseforum.boards.forms import NeedForm
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.views.finding import board_or_404, chosen_notes, nothing_chosen
from kompetanseforum.codes.queries import municipality_by_code
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


@requires("boards.lead_board", of=board_or_404)
@require_POST
def need(request: Request, board: Board) -> HttpResponse:
    """First what it would say, in the notes' own words, to look at; then it is voiced."""
    notes = chosen_notes(request, board)
    if not notes:
        return nothing_chosen(request, board)
    is_sent = "words" in request.POST
    proposed = {"words": "\n".join(note.text for note in notes), "people": 1, "sending_key": new_sending_key()}
    form = NeedForm(request.POST) if is_sent else NeedForm(initial=proposed)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        made = make_need(
            board=board,
            notes=notes,
            words=given["words"],
            people=given["people"],
            by=request.viewer,
            sending_key=given["sending_key"],
            place=municipality_by_code(given["municipality"]) if given["municipality"] else None,
        )
        messages.success(request, _("The need is voiced. The notes tell that they became it."))
        return redirect("needs:need", public_id=made.public_id)
    context = {"board": board, "notes": notes, "form": form}
    return render(request, "boards/make_need.html", context, status=422 if is_sent else 200)
