"""What all agree on is sent to the educator, who reads the offer with it and decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.codesign.actions import NothingAgreed, decide_changes, send_changes
from kompetanseforum.codesign.models import Room
from kompetanseforum.codesign.queries.applying import Wanted, applied
from kompetanseforum.codesign.queries.changes import agreed_changes
from kompetanseforum.codesign.queries.rooms import todays_offer
from kompetanseforum.codesign.rules import participant_in
from kompetanseforum.codesign.views.rooms import room_or_404
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.forms import OfferForm
from kompetanseforum.offers.queries.content import Content, content_of
from kompetanseforum.offers.queries.shown import offer_by_id


@requires("codesign.send_changes", of=room_or_404)
@require_POST
def send(request: Request, room: Room) -> HttpResponse:
    own = participant_in(request.viewer, room)
    try:
        send_changes(room=room, by=ref(own) if own else request.viewer.actor)
    except NothingAgreed:
        messages.error(request, _("There is nothing yet that all agree on."))
    else:
        messages.success(request, _("Sent. %(who)s decides.") % {"who": room.educator.name})
    return redirect("codesign:room", public_id=room.public_id)


@requires("codesign.decide", of=room_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, room: Room) -> HttpResponse:
    """The offer's own form, filled in with what was agreed: the educator has the last word on every line."""
    changes = agreed_changes(room)
    before = _before(room)
    wanted = [Wanted(one.part, one.topic, one.today, one.proposal) for one in changes]
    is_posted = request.method == "POST"
    form = OfferForm(
        request.POST if is_posted else None, initial=OfferForm.initial_of(applied(before, wanted)), before=before
    )
    if is_posted and form.is_valid():
        offer = decide_changes(
            room=room, content=form.content(), taken=request.POST.getlist("taken"), by=request.viewer
        )
        messages.success(request, _("Decided. The offer says so now, and those who asked are told."))
        return redirect("offers:offer", public_id=offer.public_id)
    taken = set(request.POST.getlist("taken")) if is_posted else {one.public_id for one in changes}
    context = {"room": room, "form": form, "changes": changes, "taken": taken}
    return render(request, "codesign/decide.html", context, status=422 if is_posted else 200)


def _before(room: Room) -> Content:
    """What it says today: what came of the room before, else the offer it began with, else nothing but a name."""
    known = offer_by_id(room.became.public_id) if room.became and room.makes_new else todays_offer(room)
    if known is None:
        return Content(title=room.title, provider=room.educator.name)
    content = content_of(known)
    if room.makes_new and not room.became:
        # A new one beside today's: everything as it is, but its name, its dates and its page.
        return Content(
            title=room.title,
            kind=content.kind,
            provider=content.provider,
            language=content.language,
            description=content.description,
            level=content.level,
            nkr_level=content.nkr_level,
            municipality=content.municipality,
            delivery=content.delivery,
            outcomes=content.outcomes,
        )
    return content
