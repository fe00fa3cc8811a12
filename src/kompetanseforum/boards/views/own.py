"""One's own page with what became of one's notes, and the letters about it. Opening a link changes nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kompetanseforum.boards.actions import stop_letters_to, write_to
from kompetanseforum.boards.forms import AddressForm
from kompetanseforum.boards.models import Board, Guest
from kompetanseforum.boards.queries.letters import guest_by_own_secret, own_notes, own_secret
from kompetanseforum.boards.views.finding import board_or_404, who_asks
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref


def _guest_or_404(request: Request, secret: str) -> Guest:
    limit(request.viewer.network, "boards.own", most=200, per_seconds=600)
    guest = guest_by_own_secret(secret.strip().lower())
    if guest is None:
        raise Http404
    return guest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request, secret: str) -> HttpResponse:
    """Its button opens the board on this device, as the one who wrote."""
    guest = _guest_or_404(request, secret)
    if request.method == "POST":
        hold(request, ref(guest))
        return redirect("boards:list", public_id=guest.board.public_id)
    context = {"guest": guest, "board": guest.board, "notes": own_notes(guest), "secret": own_secret(guest)}
    return render(request, "boards/own.html", context)


# A mail program posts here for its reader, without a page of ours before it (RFC 8058); the secret is all there is.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, secret: str) -> HttpResponse:
    guest = _guest_or_404(request, secret)
    if request.method == "POST":
        stop_letters_to(guest)
    context = {"is_stopped": request.method == "POST", "secret": own_secret(guest)}
    return render(request, "boards/stop_letters.html", context)


@requires("boards.see_board", of=board_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_address(request: Request, board: Board) -> HttpResponse:
    """For those who came in as guests; the house, and those who look on, have written nothing to hear of."""
    guest = who_asks(request, board).guest
    if guest is None:
        return redirect("boards:wall", public_id=board.public_id)
    form = AddressForm(request.POST or None, initial={"email": guest.email})
    if request.method == "POST" and form.is_valid():
        limit(request.viewer.network, "boards.address", most=200, per_seconds=600)
        write_to(guest, email=form.cleaned_data["email"], language=get_language() or "nb")
        messages.success(request, _("Thank you. We write when the board is ended."))
        return redirect("boards:list", public_id=board.public_id)
    context = {"board": board, "form": form, "secret": own_secret(guest)}
    return render(request, "boards/leave_address.html", context, status=422 if request.method == "POST" else 200)
