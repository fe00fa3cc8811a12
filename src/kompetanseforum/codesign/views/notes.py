"""Notes on a board become a change to an offer, in a room that the one who leads is in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.views.finding import board_or_404, chosen_notes, nothing_chosen
from kompetanseforum.codesign.actions import propose_of_notes
from kompetanseforum.codesign.forms import FromNotesForm
from kompetanseforum.codesign.queries.rooms import rooms_joined_by
from kompetanseforum.codesign.rules import participant_in
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


@requires("boards.lead_board", of=board_or_404)
@require_POST
def from_notes(request: Request, board: Board) -> HttpResponse:
    notes = chosen_notes(request, board)
    if not notes:
        return nothing_chosen(request, board)
    rooms = rooms_joined_by(request.viewer)
    is_sent = "proposal" in request.POST
    proposed = {"sending_key": new_sending_key(), "proposal": "\n".join(note.text for note in notes)[:500]}
    form = FromNotesForm(request.POST if is_sent else None, rooms=rooms, initial=proposed)
    if is_sent and form.is_valid() and (own := participant_in(request.viewer, form.chosen_room)):
        given = form.cleaned_data
        propose_of_notes(
            board=board,
            notes=notes,
            room=form.chosen_room,
            part=given["part"],
            proposal=given["proposal"],
            by=own,
            viewer=request.viewer,
            sending_key=given["sending_key"],
        )
        messages.success(request, _("Proposed. The notes tell where it is talked of."))
        return redirect("codesign:room", public_id=form.chosen_room.public_id)
    context = {"board": board, "notes": notes, "form": form, "rooms": rooms}
    return render(request, "codesign/from_notes.html", context, status=422 if is_sent else 200)
