"""What comes after a meeting: needs that came up, what was learnt, what somebody took on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.events.actions import (
    agree_follow_up,
    finish_follow_up,
    note_reflection,
    raise_need,
    undo_follow_up,
)
from kompetanseforum.events.forms import FollowUpForm, ReflectionForm
from kompetanseforum.events.models import FollowUp, Meeting
from kompetanseforum.events.queries.shown import follow_up_by_id
from kompetanseforum.events.views.reading import meeting_or_404
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.views.others import needs_found
from kompetanseforum.needs.views.reading import need_or_404
from kompetanseforum.threads.actions import WouldLoop


@requires("events.change_meeting", of=meeting_or_404)
@require_safe
def needs(request: Request, meeting: Meeting) -> HttpResponse:
    """Which needs came up there?"""
    words = request.GET.get("q", "").strip()[:200]
    others = needs_found(words, url_name="events:raise", public_id=meeting.public_id, viewer=request.viewer)
    return render(request, "events/needs.html", {"meeting": meeting, "others": others, "words": words})


def meeting_and_need_or_404(public_id: str, into: str) -> tuple[Meeting, Need]:
    return meeting_or_404(public_id), need_or_404(into)


@requires("events.call_meeting", of=meeting_and_need_or_404)
@require_POST
def raise_(request: Request, both: tuple[Meeting, Need]) -> HttpResponse:
    meeting, need = both
    try:
        raise_need(meeting, need=need, by=request.viewer)
    except WouldLoop:
        messages.warning(request, _("The need has led to this meeting, so it cannot also have come from it."))
    else:
        messages.success(request, _("The need stands in the thread of the meeting."))
    return redirect("events:meeting", public_id=meeting.public_id)


@requires("events.change_meeting", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def reflect(request: Request, meeting: Meeting) -> HttpResponse:
    form = ReflectionForm(request.POST or None, initial={"sending_key": new_public_id()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        note_reflection(meeting, words=given["words"], by=request.viewer, sending_key=given["sending_key"])
        return redirect(f"{reverse('events:meeting', kwargs={'public_id': meeting.public_id})}#learnt")
    context = {"form": form, "meeting": meeting}
    return render(request, "events/reflect.html", context, status=422 if request.method == "POST" else 200)


@requires("events.change_meeting", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: Request, meeting: Meeting) -> HttpResponse:
    form = FollowUpForm(request.POST or None, initial={"sending_key": new_public_id()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        agree_follow_up(
            meeting,
            words=given["words"],
            owner=form.people[given["owner"]],
            due_on=given["due_on"],
            by=request.viewer,
            sending_key=given["sending_key"],
        )
        return redirect(f"{reverse('events:meeting', kwargs={'public_id': meeting.public_id})}#afterwards")
    context = {"form": form, "meeting": meeting}
    return render(request, "events/follow_up.html", context, status=422 if request.method == "POST" else 200)


def follow_up_or_404(public_id: str) -> FollowUp:
    found = follow_up_by_id(public_id)
    if found is None:
        raise Http404
    return found


@requires("events.do_follow_up", of=follow_up_or_404)
@require_POST
def done(request: Request, follow_up: FollowUp) -> HttpResponse:
    finish_follow_up(follow_up, by=request.viewer)
    undo = reverse("events:not_done", kwargs={"public_id": follow_up.public_id})
    messages.success(request, _("Done: %(what)s") % {"what": follow_up.words}, extra_tags=f"undo {undo}")
    return redirect("events:meeting", public_id=follow_up.meeting.public_id)


@requires("events.do_follow_up", of=follow_up_or_404)
@require_POST
def not_done(request: Request, follow_up: FollowUp) -> HttpResponse:
    undo_follow_up(follow_up)
    messages.success(request, _("Undone. It still stands open."))
    return redirect("events:meeting", public_id=follow_up.meeting.public_id)
