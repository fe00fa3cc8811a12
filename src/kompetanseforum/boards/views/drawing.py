"""What is drawn on the canvas, added by a form: the list's way to all that the canvas can."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.board import OpKind, Refusal, Wish, read_wish
from kompetanseforum.boards.actions import write
from kompetanseforum.boards.forms import DrawForm
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.notes import frames_on, things_on
from kompetanseforum.boards.queries.words import REFUSALS
from kompetanseforum.boards.views.files import taken
from kompetanseforum.boards.views.finding import board_or_404, note_or_404, who_asks, who_writes
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.core.sending import new_sending_key


@requires("boards.take_part", of=board_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Request, board: Board) -> HttpResponse:
    """Text, a shape or a connector; a picture with its own form."""
    who = who_asks(request, board)
    if request.GET.get("what") == "file":
        return taken(request, board, inside="", back="boards:canvas", back_id=board.public_id)
    frames, things = frames_on(board), things_on(board, who)
    form = DrawForm(request.POST or None, frames=frames, things=things, initial={"op_id": new_sending_key()})
    if request.method == "POST" and form.is_valid():
        who = who_writes(request, board)
        given = form.cleaned_data
        wish = Wish(
            given["op_id"] or new_sending_key(),
            OpKind.ADD,
            new_public_id(),
            form.kind,
            text=given["text"].strip(),
            inside=form.inside,
            look=form.look,
            path=form.path,
        )
        done = write(board, wish, who)
        if done.refusal is None:
            return redirect("boards:list", public_id=board.public_id)
        form.add_error(None, str(REFUSALS[done.refusal]))
    status = 422 if request.method == "POST" else 200
    return render(request, "boards/draw.html", {"board": board, "form": form}, status=status)


@requires("boards.take_part", of=note_or_404)
@require_POST
def place(request: Request, item: Item) -> HttpResponse:
    """Where it lies on the canvas, in numbers, or how it looks: the forms' way to what the hand does there."""
    who = who_writes(request, item.board)
    sent: dict[str, object] = {"id": new_sending_key(), "item": item.public_id}
    if "look" in request.POST:
        sent |= {"kind": OpKind.LOOK.value, "look": request.POST["look"]}
    else:
        numbers = {} if "auto" in request.POST else {name: _number(request.POST.get(name, "")) for name in "xywh"}
        sent |= {"kind": OpKind.PLACE.value, **numbers}
    wish = read_wish(sent)
    refusal = wish if isinstance(wish, Refusal) else write(item.board, wish, who).refusal
    if refusal is not None:
        messages.warning(request, str(REFUSALS[refusal]))
    else:
        messages.success(request, _("Changed."))
    return redirect("boards:note", public_id=item.public_id)


def _number(typed: str) -> int:
    """What is no number is a place that there is none of, and refused as such."""
    digits = typed.strip().removeprefix("-")
    return int(typed) if digits.isascii() and digits.isdecimal() and len(digits) < 7 else -1
