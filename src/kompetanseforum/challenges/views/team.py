"""The team of a challenge: who is in, who is invited, and who follows it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.challenges.actions import invite_to_team, join_team, leave_team
from kompetanseforum.challenges.forms import InTeamForm, InviteForm, JoinForm
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.challenges.queries.missing import PLACE, SECTOR, needs_gathered, organisations_behind, to_invite
from kompetanseforum.challenges.queries.shown import member_by_id, team_of
from kompetanseforum.challenges.views.reading import challenge_or_404
from kompetanseforum.core import held as device
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.actions import find_or_add_organisation


def member_or_404(public_id: str) -> TeamMember:
    member = member_by_id(public_id)
    if member is None:
        raise Http404
    return member


@requires("challenges.change_challenge", of=challenge_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, challenge: Challenge) -> HttpResponse:
    """Those who stand behind the needs from one side, each with a button; or anybody else by name."""
    first = {"sector": request.GET.get(SECTOR, ""), "language": get_language()}
    form = InviteForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = find_or_add_organisation(name=given["organisation"], sector=given["sector"])
        email, language = given["email"], given["language"] or get_language() or "nb"
        invite_to_team(challenge, organisation=asked, by=request.viewer, email=email, language=language)
        told = (
            _("%(name)s is invited. They get a letter.")
            if email
            else _("%(name)s stands as invited. Send them the address.")
        )
        messages.success(request, told % {"name": asked.name})
        return redirect(request.get_full_path())
    behind = organisations_behind(needs_gathered(challenge, viewer=request.viewer))
    sector, place = request.GET.get(SECTOR, ""), request.GET.get(PLACE, "")
    context = {
        "form": form,
        "challenge": challenge,
        "organisations": to_invite(behind, team_of(challenge), sector=sector, place=place),
        "address": request.build_absolute_uri(
            reverse("challenges:challenge", kwargs={"public_id": challenge.public_id})
        ),
    }
    return render(request, "challenges/invite.html", context, status=422 if request.method == "POST" else 200)


@requires("challenges.change_challenge", of=challenge_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, challenge: Challenge) -> HttpResponse:
    form = InTeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        organisation = find_or_add_organisation(name=given["organisation"], sector=given["sector"])
        join_team(
            challenge,
            organisation=organisation,
            sector=given["sector"],
            name_is_public=given["name_is_public"],
            by=request.viewer,
        )
        return redirect("challenges:challenge", public_id=challenge.public_id)
    context = {"form": form, "challenge": challenge}
    return render(request, "challenges/add.html", context, status=422 if request.method == "POST" else 200)


@requires("challenges.join_team", of=challenge_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, challenge: Challenge) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        me = the_person(request.viewer.person)
        join_team(
            challenge, person=me, sector=given["sector"], name_is_public=given["name_is_public"], by=request.viewer
        )
        messages.success(request, _("You are in the team."))
        return redirect("challenges:challenge", public_id=challenge.public_id)
    context = {"form": form, "challenge": challenge}
    return render(request, "challenges/join.html", context, status=422 if request.method == "POST" else 200)


@requires("challenges.change_challenge", of=member_or_404)
@require_POST
def said_yes(request: Request, member: TeamMember) -> HttpResponse:
    """One who was invited is in."""
    join_team(
        member.challenge,
        organisation=member.organisation,
        person=member.person,
        name_is_public=member.name_is_public,
        by=request.viewer,
    )
    return redirect("challenges:challenge", public_id=member.challenge.public_id)


@requires("challenges.change_challenge", of=member_or_404)
@require_POST
def leave(request: Request, member: TeamMember) -> HttpResponse:
    leave_team(member, by=request.viewer)
    return redirect("challenges:challenge", public_id=member.challenge.public_id)


@requires("challenges.see_challenge", of=challenge_or_404)
@require_POST
def follow(request: Request, challenge: Challenge) -> HttpResponse:
    device.follow(request, ref(challenge))
    messages.success(request, _("You follow the challenge now. It stands under «My needs»."))
    return redirect("challenges:challenge", public_id=challenge.public_id)


@requires("challenges.see_challenge", of=challenge_or_404)
@require_POST
def unfollow(request: Request, challenge: Challenge) -> HttpResponse:
    device.unfollow(request, ref(challenge))
    messages.success(request, _("You no longer follow the challenge."))
    return redirect("challenges:challenge", public_id=challenge.public_id)
