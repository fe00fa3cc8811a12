"""What the one who leads looks at: notes that wait, and notes somebody has told of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanse.board import OpKind, Wish
from kompetanseforum.boards.actions import report_note, settle_reports, write
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.moderation import open_reports, waiting_on
from kompetanseforum.boards.queries.words import REFUSALS
from kompetanseforum.boards.views.finding import back_to, board_or_404, note_or_404, who_writes
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


@requires("boards.lead_board", of=board_or_404)
@require_safe
def waiting(request: Request, board: Board) -> HttpResponse:
    context = {"board": board, "waiting": waiting_on(board), "reports": open_reports(board)}
    return render(request, "boards/waiting.html", context)


@requires("boards.lead_board", of=note_or_404)
@require_POST
def approve(request: Request, item: Item) -> HttpResponse:
    """Let it through; or, with a reason, not."""
    who = who_writes(request, item.board)
    is_let_through = "no" not in request.POST
    kind = OpKind.APPROVE if is_let_through else OpKind.DELETE
    done = write(item.board, Wish(new_sending_key(), kind, item.public_id), who)
    if done.refusal is not None:
        messages.warning(request, str(REFUSALS[done.refusal]))
    else:
        messages.success(request, _("Let through.") if is_let_through else _("Removed. Nobody else has seen it."))
    return redirect("boards:waiting", public_id=item.board.public_id)


@requires("boards.take_part", of=note_or_404)
@require_POST
def report(request: Request, item: Item) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    to = reverse("boards:note", kwargs={"public_id": item.public_id})
    if not reason:
        messages.warning(request, _("Write what is wrong with the note first."))
        return redirect(to)
    report_note(item=item, reason=reason, who=who_writes(request, item.board))
    messages.success(request, _("Thank you. The one who leads looks at it."))
    return redirect(to)


@requires("boards.lead_board", of=note_or_404)
@require_POST
def settle(request: Request, item: Item) -> HttpResponse:
    settle_reports(item=item)
    messages.success(request, _("It stays."))
    return back_to(request, item.board)
