"""Notes on a board gather us: a challenge in their own words, and a way back to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.views.finding import board_or_404, chosen_notes, nothing_chosen
from kompetanseforum.challenges.actions import open_challenge_of_notes
from kompetanseforum.challenges.forms import ChallengeForm
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import require, requires
from kompetanseforum.core.refs import new_public_id


@requires("boards.lead_board", of=board_or_404)
@require_POST
def from_notes(request: Request, board: Board) -> HttpResponse:
    """First the question, with what the notes say beside it; then it is opened."""
    require(request.viewer, "challenges.open_challenge")
    notes = chosen_notes(request, board)
    if not notes:
        return nothing_chosen(request, board)
    is_sent = "question" in request.POST
    said = "\n".join(f"«{note.text}»" for note in notes)
    form = ChallengeForm(
        request.POST if is_sent else None, initial={"sending_key": new_public_id(), "about": said, "start": ""}
    )
    if is_sent and form.is_valid():
        made = open_challenge_of_notes(
            board=board,
            notes=notes,
            question=form.cleaned_data["question"],
            about=form.cleaned_data["about"],
            cycle=form.chosen_cycle,
            by=request.viewer,
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("The challenge is open. The notes tell that they became it."))
        return redirect("challenges:challenge", public_id=made.public_id)
    context = {"form": form, "board": board, "notes": notes}
    return render(request, "challenges/open.html", context, status=422 if is_sent else 200)
