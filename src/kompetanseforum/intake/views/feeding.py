"""Addresses that are read again and again: given, read now, stopped."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.intake.actions import add_feed, claim_feed, stop_feed
from kompetanseforum.intake.forms import FeedForm
from kompetanseforum.intake.models import Feed
from kompetanseforum.intake.queries import feed_by_id
from kompetanseforum.intake.views.addressed import Job, intake_or_404


def feed_or_404(public_id: str) -> Feed:
    feed = feed_by_id(public_id)
    if feed is None:
        raise Http404
    return feed


@requires("intake.bring_in")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, key: str, job: Job) -> HttpResponse:
    intake = intake_or_404(key)
    if not intake.may_be_fed:
        raise Http404
    is_sent = request.method == "POST"
    form = FeedForm(request.POST if is_sent else None, intake=intake)
    if is_sent and form.is_valid():
        given = form.cleaned_data
        add_feed(
            intake=intake.key,
            name=" ".join(given["name"].split()),
            address=given["address"],
            every_days=int(given["every_days"]),
            by=request.viewer.person,
            enqueue=job.enqueue,
        )
        messages.success(request, _("The address is kept. It is read in a moment, and then by itself."))
        return redirect("intake:imports")
    context = {"form": form, "intake": intake}
    return render(request, "intake/add_feed.html", context, status=422 if is_sent else 200)


@requires("intake.bring_in")
@require_POST
def read(request: Request, public_id: str, job: Job) -> HttpResponse:
    if claim_feed(feed_or_404(public_id), enqueue=job.enqueue):
        messages.success(request, _("It is read in a moment."))
    return redirect("intake:imports")


@requires("intake.bring_in")
@require_POST
def stop(request: Request, public_id: str) -> HttpResponse:
    stop_feed(feed_or_404(public_id))
    messages.success(request, _("It is read no more. What it brought in stays."))
    return redirect("intake:imports")
