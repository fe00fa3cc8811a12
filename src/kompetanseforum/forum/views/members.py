"""For coordinators: who is here, what they are, who is on duty, who is invited; and handing over."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.accounts.actions import put_out as sign_out_everywhere
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core.http import Request
from kompetanseforum.core.letters import LetterNotSent
from kompetanseforum.core.limits import TooMany
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import ref
from kompetanseforum.forum import actions
from kompetanseforum.forum.forms import LetterForm, RolesForm, RoomForm
from kompetanseforum.forum.models import Invitation, Role
from kompetanseforum.forum.queries import (
    handover,
    invitation_by_id,
    invitation_secret,
    member_by_id,
    members,
    open_invitations,
    this_forum,
)

ON_A_PAGE = 50


def member_or_404(public_id: str) -> Person:
    person = member_by_id(public_id)
    if person is None:
        raise Http404
    return person


def invitation_or_404(public_id: str) -> Invitation:
    found = invitation_by_id(public_id)
    if found is None:
        raise Http404
    return found


@requires("forum.manage_members")
@require_safe
def all_members(request: Request) -> HttpResponse:
    named = request.GET.get("q", "").strip()
    page = Paginator(members(named=named), ON_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "page": page,
        "q": named,
        "duty": this_forum().duty_person,
        "invitations": open_invitations(),
    }
    return render(request, "forum/members.html", context)


@requires("forum.manage_members", of=member_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: Request, person: Person) -> HttpResponse:
    form = RolesForm(request.POST or None, initial={"roles": [held.role for held in person.memberships.all()]})
    if request.method == "POST":
        # Nothing ticked sends nothing, and that is an answer too.
        form = RolesForm(request.POST)
        if form.is_valid() and _roles_are_set(request, person, form):
            messages.success(request, _("Changed."))
            return redirect("forum:members")
    is_me = request.viewer.person == ref(person)
    context = {"form": form, "person": person, "duty": this_forum().duty_person, "is_me": is_me}
    return render(request, "forum/member.html", context, status=422 if request.method == "POST" else 200)


def _roles_are_set(request: Request, person: Person, form: RolesForm) -> bool:
    try:
        actions.set_roles(person=person, roles=form.chosen(), by=request.viewer.person)
    except actions.LastCoordinator:
        form.add_error("roles", _("The forum needs a coordinator. Make somebody else one first."))
    except actions.StillOnDuty:
        form.add_error("roles", _("Put somebody else on duty first."))
    else:
        return True
    return False


@requires("forum.manage_members", of=member_or_404)
@require_POST
def put_on_duty(request: Request, person: Person) -> HttpResponse:
    try:
        actions.put_on_duty(person=person, by=request.viewer.person)
    except ValueError as error:
        raise Http404 from error
    messages.success(request, _("%(name)s answers from now on.") % {"name": person.name})
    return redirect("forum:members")


@requires("forum.manage_members", of=member_or_404)
@require_POST
def put_out(request: Request, person: Person) -> HttpResponse:
    """Of somebody who has lost a phone, or should be here no more. Oneself is signed out on My page."""
    if request.viewer.person == ref(person):
        return redirect("accounts:sessions")
    sign_out_everywhere(person=person, takes_passkeys="passkeys" in request.POST, by=request.viewer.person)
    messages.success(request, _("%(name)s is signed out on all devices.") % {"name": person.name})
    return redirect("forum:member", public_id=person.public_id)


# Invitations


@requires("forum.manage_members")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    sent = request.POST.get("kind", "")
    letter = LetterForm(request.POST if sent == "letter" else None, initial={"language": get_language()})
    room = RoomForm(request.POST if sent == "room" else None)
    if sent == "letter" and letter.is_valid() and _is_sent(request, letter):
        messages.success(request, _("The letter is sent to %(email)s.") % {"email": letter.cleaned_data["email"]})
        return redirect("forum:members")
    if sent == "room" and room.is_valid():
        given = room.cleaned_data
        by = ref(the_person(request.viewer.person))
        made = actions.invite(role=Role(given["room_role"]), by=by, occasion=given["occasion"])
        return redirect("forum:invited", public_id=made.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "forum/invite.html", {"letter": letter, "room": room, "sent": sent}, status=status)


def _is_sent(request: Request, form: LetterForm) -> bool:
    given = form.cleaned_data
    try:
        actions.invite_by_letter(
            email=given["email"],
            role=Role(given["role"]),
            language=given["language"],
            by=the_person(request.viewer.person),
            address=request.build_absolute_uri("/").rstrip("/"),
        )
    except TooMany:
        form.add_error("email", _("We have sent two letters there in the last hour. Wait a little."))
    except LetterNotSent:
        form.add_error("email", _("The letter could not be sent. Check the address, and try again in a little while."))
    else:
        return True
    return False


@requires("forum.manage_members", of=invitation_or_404)
@require_safe
def invited(request: Request, found: Invitation) -> HttpResponse:
    """The link and the QR, to show on a wall or print."""
    path = reverse("forum:invitation", kwargs={"secret": invitation_secret(found)})
    url = request.build_absolute_uri(path)
    drawing = segno.make(url, error="m").svg_inline(scale=8, border=2, svgclass="qr", lineclass=None, omitsize=True)
    context = {"invitation": found, "url": url, "drawing": mark_safe(drawing)}  # noqa: S308 drawn by segno
    return render(request, "forum/invited.html", context)


@requires("forum.manage_members", of=invitation_or_404)
@require_POST
def revoke(request: Request, found: Invitation) -> HttpResponse:
    actions.revoke(invitation=found, by=request.viewer.person)
    messages.success(request, _("Taken back. The link opens nothing from now on."))
    return redirect("forum:members")


@requires("forum.manage_members")
@require_safe
def hand_over(request: Request) -> HttpResponse:
    """A new coordinator in one day: what to do, and what is done."""
    person = the_person(request.viewer.person)
    return render(request, "forum/handover.html", {"steps": handover(ref(person)), "person": person})
