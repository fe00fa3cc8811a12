"""Pictures and documents: handed in with a note, shown to those who may see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.boards.actions import hand_in
from kompetanseforum.boards.forms import FileForm
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.pieces import file_of
from kompetanseforum.boards.queries.words import REFUSALS
from kompetanseforum.boards.views.finding import note_or_404, who_asks, who_writes
from kompetanseforum.core.attached import Attached, BadFile, attached_response, store_attached
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


@requires("boards.see_board", of=note_or_404)
@require_safe
def file(request: Request, item: Item) -> HttpResponse:
    found = file_of(item, who_asks(request, item.board))
    if found is None:
        raise Http404
    return attached_response(Attached(found.name, found.type, found.stored_as))


@requires("boards.take_part", of=note_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: Request, item: Item) -> HttpResponse:
    """To a note."""
    return taken(request, item.board, inside=item.public_id, back="boards:note", back_id=item.public_id)


def taken(request: Request, board: Board, *, inside: str, back: str, back_id: str) -> HttpResponse:
    """The form for a file, shown or sent."""
    form = FileForm(request.POST or None, request.FILES or None, initial={"op_id": new_sending_key()})
    if request.method == "POST" and form.is_valid() and _is_kept(request, board, form, inside):
        return redirect(back, public_id=back_id)
    context = {"board": board, "form": form, "inside": inside}
    return render(request, "boards/attach.html", context, status=422 if request.method == "POST" else 200)


def _is_kept(request: Request, board: Board, form: FileForm, inside: str) -> bool:
    given = form.cleaned_data
    try:
        kept = store_attached(given["file"], folder="boards")
    except BadFile as error:
        form.add_error("file", str(error))
        return False
    done = hand_in(
        board=board,
        inside=inside,
        words=given["words"],
        attached=kept,
        who=who_writes(request, board),
        op_id=given["op_id"] or new_sending_key(),
    )
    if done.refusal is not None:
        form.add_error(None, str(REFUSALS[done.refusal]))
        return False
    messages.success(request, _("It is kept, and stands on the board."))
    return True
