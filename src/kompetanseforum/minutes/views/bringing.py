"""All minutes, and new ones: pasted or as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.refs import Ref
from kompetanseforum.core.capability import thread_steps
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.minutes.actions import bring_in, bring_in_from, delete_minutes
from kompetanseforum.minutes.forms import MinutesForm
from kompetanseforum.minutes.imports import MOST_MEGABYTES, standing_at
from kompetanseforum.minutes.models import Minutes
from kompetanseforum.minutes.queries import all_minutes, minutes_by_id

_MOST_SHOWN = 50


def minutes_or_404(public_id: str) -> Minutes:
    minutes = minutes_by_id(public_id)
    if minutes is None:
        raise Http404
    return minutes


@requires("minutes.read_minutes")
@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: Request) -> HttpResponse:
    """Paste or choose; below it what came in before."""
    is_sent = request.method == "POST"
    form = MinutesForm(request.POST, request.FILES) if is_sent else MinutesForm()
    if is_sent and form.is_valid() and form.given is not None:
        minutes = bring_in(
            title=form.title_given(),
            text=form.given.text,
            source=form.given.source,
            file_name=form.file_name,
            held_on=form.cleaned_data["held_on"],
            by=request.viewer.person,
            sending_key=form.cleaned_data["sending_key"],
        )
        return redirect("minutes:minutes", public_id=minutes.public_id)
    context = {
        "form": form,
        "rows": all_minutes()[:_MOST_SHOWN],
        "most_megabytes": MOST_MEGABYTES,
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "minutes/all.html", context, status=422 if is_sent else 200)


@requires("minutes.read_minutes")
@require_POST
def from_meeting(request: Request, public_id: str) -> HttpResponse:
    """What stands on the meeting's page is read as it is: nobody pastes it once more."""
    meeting = Ref("meeting", public_id)
    text = standing_at(meeting, request.viewer)
    step = thread_steps(request.viewer, [meeting]).get(meeting)
    if not text or step is None:
        raise Http404
    minutes = bring_in_from(
        meeting, title=step.title, text=text, held_on=timezone.localtime(step.on).date(), by=request.viewer.person
    )
    return redirect("minutes:minutes", public_id=minutes.public_id)


@requires("minutes.read_minutes", of=minutes_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, minutes: Minutes) -> HttpResponse:
    """It cannot be undone, so it is asked once more."""
    if request.method != "POST":
        back = reverse("minutes:minutes", kwargs={"public_id": minutes.public_id})
        return render(request, "minutes/delete.html", {"minutes": minutes, "back": back})
    delete_minutes(minutes, by=request.viewer.person)
    messages.success(request, _("Deleted. The needs it led to are kept."))
    return redirect("minutes:all")
