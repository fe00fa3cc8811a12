"""Notes on a board become a small test: the plan begins with what they say."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.views.finding import board_or_404, chosen_notes, nothing_chosen
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import require, requires
from kompetanseforum.pilots.actions import start_pilot_of_notes
from kompetanseforum.pilots.forms import MOST_CHARACTERS, PlanForm, first_plan


@requires("boards.lead_board", of=board_or_404)
@require_POST
def from_notes(request: Request, board: Board) -> HttpResponse:
    require(request.viewer, "pilots.start_pilot")
    notes = chosen_notes(request, board)
    if not notes:
        return nothing_chosen(request, board)
    is_sent = "title" in request.POST
    said = {"smallest_test": "\n".join(note.text for note in notes)[:MOST_CHARACTERS]}
    form = PlanForm(request.POST) if is_sent else PlanForm(initial=first_plan(request.viewer) | said)
    if is_sent and form.is_valid():
        pilot = start_pilot_of_notes(
            board=board,
            notes=notes,
            plan=form.plan(),
            by=request.viewer,
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("Started. The notes tell that they became it."))
        return redirect("pilots:pilot", public_id=pilot.public_id)
    context = {"form": form, "board": board, "notes": notes}
    return render(request, "pilots/start.html", context, status=422 if is_sent else 200)
