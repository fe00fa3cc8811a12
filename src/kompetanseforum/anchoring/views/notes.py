"""Notes on a board become a commitment of an organisation: "we join"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.anchoring.actions import record_of_notes
from kompetanseforum.anchoring.forms import RecordForm
from kompetanseforum.anchoring.models import State
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.views.finding import board_or_404, chosen_notes, nothing_chosen
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


@requires("boards.lead_board", of=board_or_404)
@require_POST
def from_notes(request: Request, board: Board) -> HttpResponse:
    notes = chosen_notes(request, board)
    if not notes:
        return nothing_chosen(request, board)
    is_sent = "what" in request.POST
    said = ". ".join(note.text.rstrip(". ") for note in notes)
    first = {"state": State.AWARE, "sending_key": new_sending_key(), "what": said[:200]}
    form = RecordForm(request.POST if is_sent else None, initial=first, viewer=request.viewer)
    if is_sent and form.is_valid():
        anchoring = record_of_notes(
            board=board,
            notes=notes,
            organisation=form.cleaned_data["organisation"],
            commitment=form.commitment(),
            by=request.viewer,
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("Recorded. The notes tell what they became."))
        return redirect("anchoring:anchoring", public_id=anchoring.public_id)
    context = {"form": form, "board": board, "notes": notes}
    return render(request, "anchoring/record.html", context, status=422 if is_sent else 200)
