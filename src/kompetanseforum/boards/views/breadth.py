"""Who has spoken, and whom to invite: a suggestion, never a mark."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.breadth import Breadth, breadth_of
from kompetanseforum.boards.views.finding import board_or_404, who_asks
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.text import capital, in_words

# From which evenness on they have written about as much, and some more than others.
_ALIKE = 0.9
_SOMEWHAT_ALIKE = 0.7


@requires("boards.see_board", of=board_or_404)
@require_safe
def breadth(request: Request, board: Board) -> HttpResponse:
    who = who_asks(request, board)
    address = reverse("boards:enter", kwargs={"public_id": board.public_id})
    told = breadth_of(board, suggests=who.is_leading)
    context = {
        "board": board,
        "who": who,
        "breadth": told,
        "breadth_words": _in_words(told),
        "address": request.build_absolute_uri(address),
    }
    return render(request, "boards/breadth.html", context)


def _in_words(breadth: Breadth) -> str:
    """`Fire av fem sektorer har skrevet, noen mye mer enn andre.`; nothing while there is too little to tell."""
    if breadth.as_if is None:
        return ""
    if len(breadth.heard) == 1:
        words = _("Only one of %(all)s sectors has written.")
    elif breadth.evenness >= _ALIKE:
        words = _("%(heard)s of %(all)s sectors have written, about as much each.")
    elif breadth.evenness >= _SOMEWHAT_ALIKE:
        words = _("%(heard)s of %(all)s sectors have written, some more than others.")
    else:
        words = _("%(heard)s of %(all)s sectors have written, some much more than others.")
    return words % {"heard": capital(in_words(len(breadth.heard))), "all": in_words(breadth.all_sectors)}
