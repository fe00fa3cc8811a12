"""Starting a pilot, writing in its log, saying what was learnt, and deciding."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.core import clock
from kompetanseforum.core.attached import BadFile, store_attached
from kompetanseforum.core.bodies import takes_file
from kompetanseforum.core.capability import Step
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.pilots.actions import add_learnings, change_pilot, decide_pilot, log_entry, start_pilot
from kompetanseforum.pilots.forms import DecisionForm, EntryForm, LearningsForm, PlanForm, first_plan, plan_of
from kompetanseforum.pilots.models import Decision, EntryKind, Pilot
from kompetanseforum.pilots.queries.learnings import learnings_near
from kompetanseforum.pilots.queries.origins import origin_named
from kompetanseforum.pilots.rules import moves_needs
from kompetanseforum.pilots.views.reading import pilot_or_404

MOST_BODY_BYTES = 9 * 1024 * 1024


def origin_in(request: Request, name: str = "fra") -> Step | None:
    """What the address says that it comes of. Raises Http404 for what this viewer may not see."""
    text = request.GET.get(name, "")
    origin = origin_named(text, viewer=request.viewer)
    if text and origin is None:
        raise Http404
    return origin


@requires("pilots.start_pilot")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    origin, is_sent = origin_in(request), request.method == "POST"
    form = PlanForm(request.POST) if is_sent else PlanForm(initial=first_plan(request.viewer))
    if is_sent and form.is_valid():
        pilot = start_pilot(
            plan=form.plan(),
            by=request.viewer,
            origins=[origin.ref] if origin else [],
            recipe_from=form.cleaned_data["recipe_from"],
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("Started. Write down what you see on the way."))
        return redirect("pilots:pilot", public_id=pilot.public_id)
    context = {
        "form": form,
        "origin": origin,
        "is_need": bool(origin and origin.ref.kind == "need" and moves_needs(request.viewer)),
    }
    return render(request, "pilots/start.html", context, status=422 if is_sent else 200)


@requires("pilots.write_log", of=pilot_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pilot: Pilot) -> HttpResponse:
    is_sent = request.method == "POST"
    form = PlanForm(request.POST) if is_sent else PlanForm(initial=plan_of(pilot))
    if is_sent and form.is_valid():
        change_pilot(pilot=pilot, plan=form.plan(), by=request.viewer)
        messages.success(request, _("Changed."))
        return redirect("pilots:pilot", public_id=pilot.public_id)
    return render(request, "pilots/change.html", {"form": form, "pilot": pilot}, status=422 if is_sent else 200)


@takes_file(most_bytes=MOST_BODY_BYTES)
@requires("pilots.write_log", of=pilot_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: Request, pilot: Pilot) -> HttpResponse:
    is_sent = request.method == "POST"
    first = {"on": clock.today(), "kind": EntryKind.OBSERVATION, "sending_key": new_sending_key()}
    form = EntryForm(request.POST, request.FILES) if is_sent else EntryForm(initial=first)
    if is_sent and form.is_valid() and _kept(request, pilot, form):
        messages.success(request, _("Written down."))
        return redirect("pilots:pilot", public_id=pilot.public_id)
    return render(request, "pilots/log.html", {"form": form, "pilot": pilot}, status=422 if is_sent else 200)


def _kept(request: Request, pilot: Pilot, form: EntryForm) -> bool:
    """Writes the line; False, with the reason on the form, when its file is not taken."""
    given = form.cleaned_data
    try:
        attached = store_attached(given["file"], folder="pilots") if given["file"] else None
    except BadFile as problem:
        form.add_error("file", str(problem))
        return False
    log_entry(
        pilot=pilot,
        words=given["words"],
        on=given["on"],
        by=request.viewer,
        kind=EntryKind(given["kind"]),
        attached=attached,
        sending_key=given["sending_key"],
    )
    return True


@requires("pilots.write_log", of=pilot_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def learn(request: Request, pilot: Pilot) -> HttpResponse:
    is_sent = request.method == "POST"
    form = LearningsForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        add_learnings(pilot=pilot, learnings=form.cleaned_data["learnings"], by=request.viewer)
        messages.success(request, _("Written down. It stands among what others have learnt."))
        return redirect("pilots:pilot", public_id=pilot.public_id)
    context = {"form": form, "pilot": pilot, "near": learnings_near(pilot.title)}
    return render(request, "pilots/learn.html", context, status=422 if is_sent else 200)


@requires("pilots.decide_pilot", of=pilot_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, pilot: Pilot) -> HttpResponse:
    is_sent = request.method == "POST"
    learnt = "\n".join(learning.words for learning in pilot.learnings.all())
    first = {"decision": pilot.decision, "why": pilot.decision_why, "learnings": learnt}
    form = DecisionForm(request.POST) if is_sent else DecisionForm(initial=first)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        decide_pilot(
            pilot=pilot,
            decision=Decision(given["decision"]),
            why=given["why"],
            learnings=given["learnings"],
            by=request.viewer,
        )
        messages.success(request, _("Decided. Those who asked for it are told."))
        return redirect("pilots:pilot", public_id=pilot.public_id)
    return render(request, "pilots/decide.html", {"form": form, "pilot": pilot}, status=422 if is_sent else 200)
