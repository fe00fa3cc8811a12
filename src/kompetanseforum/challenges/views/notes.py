"""Notes on a board gather us: a challenge or an idea in their own words, and a way back to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.views.finding import board_or_404, chosen_notes, nothing_chosen
from kompetanseforum.challenges.actions import open_challenge_of_notes, say_idea_of_notes
from kompetanseforum.challenges.forms import ChallengeForm
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import require, requires
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.ideas.forms import IdeaForm


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


@requires("boards.lead_board", of=board_or_404)
@require_POST
def idea_from_notes(request: Request, board: Board) -> HttpResponse:
    """Here, since boards and ideas do not know each other. First the words, to look at; then the idea is said."""
    notes = chosen_notes(request, board)
    if not notes:
        return nothing_chosen(request, board)
    is_sent = "words" in request.POST
    said = {"words": "\n".join(note.text for note in notes), "sending_key": new_sending_key()}
    form = IdeaForm(request.POST) if is_sent else IdeaForm(initial=said)
    if is_sent and form.is_valid():
        idea = say_idea_of_notes(
            board=board,
            notes=notes,
            words=form.cleaned_data["words"],
            by=request.viewer,
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("The idea is said. The notes tell that they became it."))
        return redirect("ideas:idea", public_id=idea.public_id)
    context = {"form": form, "board": board, "notes": notes}
    return render(request, "challenges/idea_of_notes.html", context, status=422 if is_sent else 200)
