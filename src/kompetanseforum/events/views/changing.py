"""Those of the house call a meeting, change it, write its minutes and who was there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import require, requires
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.events.actions import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    note_attendance,
    remove_attendance,
    say_i_was_there,
    write_minutes,
)
from kompetanseforum.events.forms import IWasThereForm, MeetingForm, MinutesForm, ThereForm, typed_before
from kompetanseforum.events.models import Attendance, Meeting
from kompetanseforum.events.queries.shown import attendance_by_id, show_meeting
from kompetanseforum.events.queries.signing_up import coming_to, not_yet_counted
from kompetanseforum.events.views.reading import meeting_or_404
from kompetanseforum.organisations.actions import find_or_add_organisation


@requires("events.call_meeting")
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Request) -> HttpResponse:
    form = MeetingForm(request.POST or None, initial={"sending_key": new_public_id()})
    if request.method == "POST" and form.is_valid():
        made = call_meeting(called=form.called(), by=request.viewer, sending_key=form.cleaned_data["sending_key"])
        return redirect("events:meeting", public_id=made.public_id)
    return render(request, "events/call.html", {"form": form}, status=_status(request))


@requires("events.change_meeting", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, meeting: Meeting) -> HttpResponse:
    form = MeetingForm(request.POST or None, initial=typed_before(meeting))
    if request.method == "POST" and form.is_valid():
        change_meeting(meeting, called=form.called(), by=request.viewer)
        messages.success(request, _("Changed."))
        return redirect("events:meeting", public_id=meeting.public_id)
    return render(request, "events/call.html", {"form": form, "meeting": meeting}, status=_status(request))


@requires("events.change_meeting", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, meeting: Meeting) -> HttpResponse:
    """It cannot be undone, so it is asked once more."""
    if request.method != "POST":
        context = {
            "meeting": meeting,
            "shown": show_meeting(meeting, viewer=request.viewer),
            "coming": coming_to(meeting),
            "back": reverse("events:meeting", kwargs={"public_id": meeting.public_id}),
        }
        return render(request, "events/cancel.html", context)
    cancel_meeting(meeting, by=request.viewer)
    messages.success(request, _("The meeting is cancelled."))
    return redirect("events:meetings")


@requires("events.change_meeting", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: Request, meeting: Meeting) -> HttpResponse:
    form = MinutesForm(
        request.POST or None, initial={"minutes": meeting.minutes, "are_public": meeting.minutes_are_public}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        write_minutes(meeting, minutes=given["minutes"], are_public=given["are_public"], by=request.viewer)
        messages.success(request, _("The minutes are kept."))
        return redirect("events:meeting", public_id=meeting.public_id)
    context = {"form": form, "meeting": meeting, "here": ref(meeting)}
    return render(request, "events/minutes.html", context, status=_status(request))


@requires("events.change_meeting", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def there(request: Request, meeting: Meeting) -> HttpResponse:
    form = ThereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        organisation = (
            find_or_add_organisation(name=given["organisation"], sector=given["sector"])
            if given["organisation"]
            else None
        )
        note_attendance(
            meeting,
            organisation=organisation,
            sector=given["sector"],
            heads=given["heads"],
            name_is_public=given["name_is_public"],
            by=request.viewer,
        )
        return redirect("events:there", public_id=meeting.public_id)
    context = {
        "form": form,
        "meeting": meeting,
        "shown": show_meeting(meeting, viewer=request.viewer),
        "signed_up": not_yet_counted(meeting),
    }
    return render(request, "events/there.html", context, status=_status(request))


def attendance_or_404(public_id: str) -> Attendance:
    attendance = attendance_by_id(public_id)
    if attendance is None:
        raise Http404
    return attendance


@requires("events.call_meeting")
@require_POST
def not_there(request: Request, public_id: str) -> HttpResponse:
    attendance = attendance_or_404(public_id)
    require(request.viewer, "events.change_meeting", attendance.meeting)
    remove_attendance(attendance, by=request.viewer)
    return redirect("events:there", public_id=attendance.meeting.public_id)


@requires("events.be_there", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def i_was_there(request: Request, meeting: Meeting) -> HttpResponse:
    form = IWasThereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        me = the_person(request.viewer.person)
        say_i_was_there(meeting, person=me, sector=given["sector"], name_is_public=given["name_is_public"])
        messages.success(request, _("Noted that you were there."))
        return redirect("events:meeting", public_id=meeting.public_id)
    return render(request, "events/i_was_there.html", {"form": form, "meeting": meeting}, status=_status(request))


def _status(request: Request) -> int:
    """A form that comes back was not filled in right."""
    return 422 if request.method == "POST" else 200
