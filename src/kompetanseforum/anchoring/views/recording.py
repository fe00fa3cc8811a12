"""Recording what an organisation commits itself to, changing and renewing it, and its steps at home."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.anchoring.actions import (
    add_internal_step,
    change_anchoring,
    finish_internal_step,
    record_anchoring,
    renew_anchoring,
)
from kompetanseforum.anchoring.forms import CommitmentForm, InternalStepForm, RecordForm, RenewForm, said_of
from kompetanseforum.anchoring.models import Anchoring, InternalStep, State
from kompetanseforum.anchoring.queries.shown import internal_step_by_id, next_until
from kompetanseforum.anchoring.views.reading import anchoring_or_404
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.organisations.queries import name_of
from kompetanseforum.pilots.views.running import origin_in


@requires("anchoring.record_anchoring")
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    about, is_sent = origin_in(request, "om"), request.method == "POST"
    first = {"state": State.AWARE, "sending_key": new_sending_key(), "what": about.title if about else ""}
    form = RecordForm(request.POST if is_sent else None, initial=first, viewer=request.viewer)
    if is_sent and form.is_valid():
        anchoring = record_anchoring(
            organisation=form.cleaned_data["organisation"],
            commitment=form.commitment(),
            by=request.viewer,
            about=about.ref if about else None,
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("Recorded."))
        return redirect("anchoring:anchoring", public_id=anchoring.public_id)
    context = {"form": form, "about": about}
    return render(request, "anchoring/record.html", context, status=422 if is_sent else 200)


@requires("anchoring.change_anchoring", of=anchoring_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, anchoring: Anchoring) -> HttpResponse:
    is_sent = request.method == "POST"
    form = CommitmentForm(request.POST) if is_sent else CommitmentForm(initial=said_of(anchoring))
    if is_sent and form.is_valid():
        change_anchoring(anchoring=anchoring, commitment=form.commitment(), by=request.viewer)
        messages.success(request, _("Changed."))
        return redirect("anchoring:anchoring", public_id=anchoring.public_id)
    context = {"form": form, "anchoring": anchoring, "name": name_of(anchoring.organisation)}
    return render(request, "anchoring/change.html", context, status=422 if is_sent else 200)


@requires("anchoring.change_anchoring", of=anchoring_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: Request, anchoring: Anchoring) -> HttpResponse:
    """A link in a letter and one button: two clicks."""
    is_sent = request.method == "POST"
    form = RenewForm(request.POST if is_sent else None, initial={"until": next_until(anchoring)})
    if is_sent and form.is_valid():
        renew_anchoring(anchoring=anchoring, until=form.cleaned_data["until"], by=request.viewer)
        messages.success(request, _("Renewed."))
        return redirect("anchoring:anchoring", public_id=anchoring.public_id)
    context = {"form": form, "anchoring": anchoring, "name": name_of(anchoring.organisation)}
    return render(request, "anchoring/renew.html", context, status=422 if is_sent else 200)


@requires("anchoring.change_anchoring", of=anchoring_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: Request, anchoring: Anchoring) -> HttpResponse:
    is_sent = request.method == "POST"
    form = InternalStepForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        add_internal_step(anchoring=anchoring, **form.cleaned_data)
        messages.success(request, _("Written down."))
        return redirect("anchoring:anchoring", public_id=anchoring.public_id)
    context = {"form": form, "anchoring": anchoring}
    return render(request, "anchoring/step.html", context, status=422 if is_sent else 200)


def step_or_404(public_id: str) -> InternalStep:
    step = internal_step_by_id(public_id)
    if step is None:
        raise Http404
    return step


@requires("anchoring.finish_step", of=step_or_404)
@require_POST
def finish(request: Request, step: InternalStep) -> HttpResponse:
    finish_internal_step(step=step)
    messages.success(request, _("Done."))
    return redirect("anchoring:anchoring", public_id=step.anchoring.public_id)
