"""The list of meetings, and one meeting."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kompetanseforum.core import clock
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.events.exports import calendar_file
from kompetanseforum.events.models import Meeting
from kompetanseforum.events.queries.shown import (
    coming_meetings,
    follow_ups_in_words,
    follow_ups_of,
    meeting_by_id,
    open_follow_ups,
    past_meetings,
    reflections_on,
    show_meeting,
)
from kompetanseforum.events.queries.signing_up import coming_to, open_to, own_sign_up
from kompetanseforum.events.rules import is_of_the_house, may_call_meeting

PER_PAGE = 20


def meeting_or_404(public_id: str) -> Meeting:
    meeting = meeting_by_id(public_id)
    if meeting is None:
        raise Http404
    return meeting


@public
@require_safe
def meetings(request: Request) -> HttpResponse:
    page = Paginator(past_meetings(), PER_PAGE).get_page(request.GET.get("side"))
    is_house = is_of_the_house(request.viewer)
    coming = list(coming_meetings())
    context = {
        "coming": [show_meeting(each, viewer=request.viewer) for each in coming],
        "open": open_to(request.viewer, coming),
        "past": [show_meeting(each, viewer=request.viewer) for each in page],
        "more_url": f"?side={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?side={page.previous_page_number()}" if page.has_previous() else "",
        "may_call": may_call_meeting(request.viewer, None),
        "follow_ups": open_follow_ups() if is_house else [],
        "today": clock.today(),
    }
    return render(request, "events/meetings.html", context)


@requires("events.see_meeting", of=meeting_or_404)
@require_safe
def meeting(request: Request, meeting: Meeting) -> HttpResponse:
    shown = show_meeting(meeting, viewer=request.viewer)
    is_house = is_of_the_house(request.viewer)
    follow_ups = follow_ups_of(meeting)
    context = {
        "meeting": meeting,
        "here": ref(meeting),
        "shown": shown,
        "is_house": is_house,
        "reflections": reflections_on(meeting, viewer=request.viewer),
        "follow_ups": follow_ups if is_house else [],
        "follow_ups_said": "" if is_house else follow_ups_in_words(follow_ups),
        "is_signed_in": request.viewer.person is not None,
        "coming": coming_to(meeting) if not shown.is_past else None,
        "own_sign_up": own_sign_up(meeting, viewer=request.viewer) if not shown.is_past else None,
        "today": clock.today(),
    }
    return render(request, "events/meeting.html", context)


@requires("events.see_meeting", of=meeting_or_404)
@require_safe
def calendar(request: Request, meeting: Meeting) -> HttpResponse:
    """For one's own calendar."""
    page = reverse("events:meeting", kwargs={"public_id": meeting.public_id})
    return calendar_file(meeting, page=request.build_absolute_uri(page))
