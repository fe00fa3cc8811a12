"""Coming into a room: one tap for those we know, a name and a side for guests; inviting those who are missing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.codesign.actions import invite_to_room, join_room, leave_room
from kompetanseforum.codesign.forms import InviteForm, JoinForm
from kompetanseforum.codesign.models import Room
from kompetanseforum.codesign.queries.people import known_as
from kompetanseforum.codesign.queries.rooms import room_by_link, room_secret, sides_of
from kompetanseforum.codesign.rules import participant_in
from kompetanseforum.codesign.views.rooms import room_or_404
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.secret_links import hash_of
from kompetanseforum.core.sending import new_sending_key


@public
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request, secret: str) -> HttpResponse:
    """The room's link. Opening it changes nothing (mail scanners open links); the button lets one in."""
    limit(request.viewer.network, "codesign.link", most=60, per_seconds=600)
    room = room_by_link(hash_of(secret))
    if room is None:
        raise Http404
    return _come_in(request, room)


@requires("codesign.join_room", of=room_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, room: Room) -> HttpResponse:
    return _come_in(request, room)


def _come_in(request: Request, room: Room) -> HttpResponse:
    if participant_in(request.viewer, room):
        return redirect("codesign:room", public_id=room.public_id)
    person = person_of(request.viewer.person)
    known = known_as(request.viewer, room)
    is_posted = request.method == "POST"
    form = JoinForm(request.POST if is_posted else None, is_named=person is not None, initial={"sector": known.sector})
    if is_posted and form.is_valid():
        given = form.cleaned_data
        here = join_room(
            room=room,
            name=person.first_name if person else given["name"],
            sector=given["sector"],
            person=person,
            organisation=known.organisation,
            by=request.viewer.person,
            sending_key=given["sending_key"],
        )
        hold(request, ref(here))
        messages.success(request, _("You are in. Propose, say what you think, and say yes to what you agree with."))
        return redirect("codesign:room", public_id=room.public_id)
    context = {
        "room": room,
        "form": form,
        "person": person,
        "organisation": known.organisation,
        "sides": sides_of(room, knows_names=False),
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "codesign/join.html", context, status=422 if is_posted else 200)


@requires("codesign.invite", of=room_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, room: Room) -> HttpResponse:
    """By letter, or with the link itself."""
    is_posted = request.method == "POST"
    form = InviteForm(request.POST if is_posted else None, initial={"language": get_language()})
    if is_posted and form.is_valid():
        limit(request.viewer.network, "codesign.invite", most=20, per_seconds=600)
        own, person = participant_in(request.viewer, room), person_of(request.viewer.person)
        is_new = invite_to_room(
            room=room,
            email=form.cleaned_data["email"],
            language=form.cleaned_data["language"],
            by_name=person.name if person else own.name if own else "",
            by=request.viewer.actor,
        )
        told = _("Asked. They get a letter with the link.") if is_new else _("They have been asked already.")
        messages.success(request, told)
        return redirect("codesign:invite", public_id=room.public_id)
    address = reverse("codesign:link", kwargs={"secret": room_secret(room)})
    missing = [side for side in sides_of(room, knows_names=False) if side.missing]
    context = {"room": room, "form": form, "address": request.build_absolute_uri(address), "missing": missing}
    return render(request, "codesign/invite.html", context, status=422 if is_posted else 200)


@requires("codesign.leave_room", of=room_or_404)
@require_POST
def leave(request: Request, room: Room) -> HttpResponse:
    own = participant_in(request.viewer, room)
    if own:
        leave_room(participant=own)
        messages.success(request, _("You have left. What you said stands."))
    return redirect("codesign:room", public_id=room.public_id)
