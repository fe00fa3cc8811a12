"""A challenge is opened, changed and closed, and gathers needs and ideas."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanse.refs import Ref
from kompetanseforum.challenges.actions import change_challenge, close_challenge, gather, open_challenge
from kompetanseforum.challenges.forms import ChallengeForm, CloseForm
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.challenges.views.reading import challenge_or_404
from kompetanseforum.core.capability import Step, thread_steps
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import Viewer, requires
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.ideas.models import Idea
from kompetanseforum.ideas.queries import open_ideas
from kompetanseforum.ideas.views import idea_or_404
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.views.others import needs_found
from kompetanseforum.needs.views.reading import need_or_404
from kompetanseforum.threads.actions import WouldLoop

MOST_OFFERED = 20


def _start(text: str, viewer: Viewer) -> Step | None:
    """The need or idea it is to begin with, if the viewer may see it."""
    try:
        start = Ref.parse(text)
    except ValueError:
        return None
    return thread_steps(viewer, [start]).get(start) if start.kind in ("need", "idea") else None


@requires("challenges.open_challenge")
@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: Request) -> HttpResponse:
    begun = request.POST.get("start") or request.GET.get("fra", "")
    start = _start(begun, request.viewer)
    form = ChallengeForm(
        request.POST or None,
        initial={"sending_key": new_public_id(), "start": begun},
    )
    if request.method == "POST" and form.is_valid():
        made = open_challenge(
            question=form.cleaned_data["question"],
            about=form.cleaned_data["about"],
            cycle=form.chosen_cycle,
            by=request.viewer,
            sending_key=form.cleaned_data["sending_key"],
            start=start.ref if start else None,
        )
        return redirect("challenges:challenge", public_id=made.public_id)
    context = {"form": form, "start": start}
    return render(request, "challenges/open.html", context, status=422 if request.method == "POST" else 200)


@requires("challenges.change_challenge", of=challenge_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, challenge: Challenge) -> HttpResponse:
    cycle = challenge.cycle.public_id if challenge.cycle else ""
    before = {"question": challenge.question, "about": challenge.about, "cycle": cycle}
    form = ChallengeForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        change_challenge(
            challenge, question=given["question"], about=given["about"], cycle=form.chosen_cycle, by=request.viewer
        )
        messages.success(request, _("Changed."))
        return redirect("challenges:challenge", public_id=challenge.public_id)
    context = {"form": form, "challenge": challenge}
    return render(request, "challenges/open.html", context, status=422 if request.method == "POST" else 200)


@requires("challenges.change_challenge", of=challenge_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Request, challenge: Challenge) -> HttpResponse:
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        close_challenge(challenge, words=form.cleaned_data["words"], by=request.viewer)
        return redirect("challenges:challenge", public_id=challenge.public_id)
    context = {"form": form, "challenge": challenge}
    return render(request, "challenges/close.html", context, status=422 if request.method == "POST" else 200)


@requires("challenges.change_challenge", of=challenge_or_404)
@require_safe
def needs(request: Request, challenge: Challenge) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    others = needs_found(words, url_name="challenges:gather", public_id=challenge.public_id, viewer=request.viewer)
    return render(request, "challenges/needs.html", {"challenge": challenge, "others": others, "words": words})


def challenge_and_need_or_404(public_id: str, into: str) -> tuple[Challenge, Need]:
    return challenge_or_404(public_id), need_or_404(into)


@requires("challenges.change_challenge", of=challenge_and_need_or_404)
@require_POST
def gather_need(request: Request, both: tuple[Challenge, Need]) -> HttpResponse:
    challenge, need = both
    return _gather(request, challenge, ref(need), told=_("Gathered. The need shows the challenge in its thread."))


@requires("challenges.change_challenge", of=challenge_or_404)
@require_safe
def ideas(request: Request, challenge: Challenge) -> HttpResponse:
    context = {"challenge": challenge, "ideas": list(open_ideas()[:MOST_OFFERED])}
    return render(request, "challenges/ideas.html", context)


def challenge_and_idea_or_404(public_id: str, into: str) -> tuple[Challenge, Idea]:
    return challenge_or_404(public_id), idea_or_404(into)


@requires("challenges.change_challenge", of=challenge_and_idea_or_404)
@require_POST
def gather_idea(request: Request, both: tuple[Challenge, Idea]) -> HttpResponse:
    challenge, idea = both
    return _gather(request, challenge, ref(idea), told=_("Gathered. The idea shows the challenge in its thread."))


def _gather(request: Request, challenge: Challenge, what: Ref, *, told: str) -> HttpResponse:
    try:
        gather(challenge, what, by=request.viewer)
    except WouldLoop:
        messages.warning(request, _("It has come of this challenge, so it cannot also be gathered in it."))
    else:
        messages.success(request, told)
    return redirect("challenges:challenge", public_id=challenge.public_id)
