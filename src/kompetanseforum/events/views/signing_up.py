"""Sign up for a meeting without an account, change it and sign off; and for the house, who will come."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import TooMany, limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.text import in_words
from kompetanseforum.events import actions
from kompetanseforum.events.exports import sign_ups_as_csv
from kompetanseforum.events.forms import SignUpForm, signed_up_before
from kompetanseforum.events.models import Meeting, SignUp
from kompetanseforum.events.queries.shown import show_meeting
from kompetanseforum.events.queries.signing_up import (
    coming_to,
    sign_up_by_id,
    sign_up_by_link,
    sign_up_by_sending_key,
    sign_up_secret,
    standing_sign_ups,
)
from kompetanseforum.events.rules import MOST_SIGN_UPS, MOST_SIGN_UPS_SECONDS, is_of_the_house, may_change_sign_up
from kompetanseforum.events.views.reading import meeting_or_404


def sign_up_or_404(public_id: str) -> SignUp:
    found = sign_up_by_id(public_id)
    if found is None:
        raise Http404
    return found


@requires("events.sign_up", of=meeting_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: Request, meeting: Meeting) -> HttpResponse:
    """The same walls as for a need. The house signs up those who call: it is not held by who typed it."""
    is_for_another = is_of_the_house(request.viewer)
    is_posted = request.method == "POST"
    form = SignUpForm(request.POST if is_posted else None, initial={} if is_for_another else _known_of(request))
    if is_for_another:
        form.ask_of_another()
    if is_posted and form.is_valid() and _is_in_time(request, form):
        if form.cleaned_data["website"]:
            # A robot is thanked and not counted; a person who fills a hidden field does not exist.
            return redirect("events:meeting", public_id=meeting.public_id)
        try:
            made = actions.sign_up(
                meeting,
                said=form.said(language=request.LANGUAGE_CODE),
                by=request.viewer,
                sending_key=form.cleaned_data["sending_key"],
            )
        except actions.NoRoom as error:
            form.refuse(left=error.left)
        except actions.SignUpsClosed:
            pass  # the page says so
        else:
            if is_for_another:
                messages.success(request, _("%(name)s is signed up.") % {"name": made.name})
                return redirect("events:sign_ups", public_id=meeting.public_id)
            hold(request, ref(made))
            return redirect("events:signed_up", public_id=made.public_id)
    context = {
        "is_for_another": is_for_another,
        "meeting": meeting,
        "shown": show_meeting(meeting, viewer=request.viewer),
        "coming": coming_to(meeting),
        "form": form,
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "events/sign_up.html", context, status=422 if is_posted else 200)


def _known_of(request: Request) -> dict[str, object]:
    if request.viewer.person is None:
        return {}
    me = the_person(request.viewer.person)
    return {"name": me.name, "email": me.email}


def _is_in_time(request: Request, form: SignUpForm) -> bool:
    """False, with words about it, when many have come from one place in a short while; what was typed stays."""
    if sign_up_by_sending_key(form.cleaned_data["sending_key"]):
        return True
    try:
        limit(request.viewer.network, "events.sign_up", most=MOST_SIGN_UPS, per_seconds=MOST_SIGN_UPS_SECONDS)
    except TooMany as error:
        minutes = in_words(max(2, -(-error.wait_seconds // 60)))
        form.add_error(
            None, _("Many have just signed up from where you are. Try again in %(count)s minutes.") % {"count": minutes}
        )
        return False
    return True


@public
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request, secret: str) -> HttpResponse:
    """A personal link. Opening it changes nothing (mail scanners open links); the button takes it into use."""
    limit(request.viewer.network, "events.link", most=30, per_seconds=600)
    found = sign_up_by_link(secret)
    if found is None:
        raise Http404
    if request.method == "POST":
        hold(request, ref(found))
        return redirect("events:signed_up", public_id=found.public_id)
    shown = show_meeting(meeting_or_404(found.meeting.public_id), viewer=request.viewer)
    return render(request, "events/sign_up_link.html", {"sign_up": found, "meeting": found.meeting, "shown": shown})


@requires("events.see_sign_up", of=sign_up_or_404)
@require_safe
def signed_up(request: Request, sign_up: SignUp) -> HttpResponse:
    """The receipt, and the page behind the personal link."""
    link = reverse("events:sign_up_link", kwargs={"secret": sign_up_secret(sign_up.public_id)})
    context = _about(request, sign_up) | {
        "link": request.build_absolute_uri(link),
        "may_change": may_change_sign_up(request.viewer, sign_up),
        "is_own": ref(sign_up) in request.viewer.holds,
    }
    return render(request, "events/signed_up.html", context)


def _about(request: Request, sign_up: SignUp) -> dict[str, object]:
    meeting = meeting_or_404(sign_up.meeting.public_id)
    return {"sign_up": sign_up, "meeting": meeting, "shown": show_meeting(meeting, viewer=request.viewer)}


@requires("events.change_sign_up", of=sign_up_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, sign_up: SignUp) -> HttpResponse:
    is_posted = request.method == "POST"
    form = SignUpForm(request.POST if is_posted else None, initial=signed_up_before(sign_up))
    if ref(sign_up) not in request.viewer.holds:
        form.ask_of_another()
    if is_posted and form.is_valid():
        try:
            actions.change_sign_up(sign_up, said=form.said(language=sign_up.language), by=request.viewer)
        except actions.NoRoom as error:
            form.refuse(left=error.left)
        except actions.SignUpsClosed:
            return redirect("events:signed_up", public_id=sign_up.public_id)
        else:
            messages.success(request, _("Changed. This is how it stands now."))
            return redirect("events:signed_up", public_id=sign_up.public_id)
    context = _about(request, sign_up) | {"form": form}
    return render(request, "events/change_sign_up.html", context, status=422 if is_posted else 200)


@requires("events.change_sign_up", of=sign_up_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, sign_up: SignUp) -> HttpResponse:
    """What stands of the name cannot be brought back, so it is asked once more."""
    is_own = ref(sign_up) in request.viewer.holds
    if request.method != "POST":
        back = reverse("events:signed_up", kwargs={"public_id": sign_up.public_id})
        context = _about(request, sign_up) | {"is_own": is_own, "back": back}
        return render(request, "events/withdraw_sign_up.html", context)
    name = sign_up.name
    actions.withdraw_sign_up(sign_up, by=request.viewer)
    if is_own:
        messages.success(request, _("You are signed off. Your name and e-mail address are erased."))
        return redirect("events:meeting", public_id=sign_up.meeting.public_id)
    messages.success(request, _("%(name)s is signed off.") % {"name": name})
    return redirect("events:sign_ups", public_id=sign_up.meeting.public_id)


# For the house


@requires("events.see_sign_ups", of=meeting_or_404)
@require_safe
def sign_ups(request: Request, meeting: Meeting) -> HttpResponse:
    rows = list(standing_sign_ups(meeting))
    context = {
        "meeting": meeting,
        "shown": show_meeting(meeting, viewer=request.viewer),
        "coming": coming_to(meeting),
        "rows": rows,
        "without_address": sum(not row.email for row in rows),
    }
    return render(request, "events/sign_ups.html", context)


@requires("events.see_sign_ups", of=meeting_or_404)
@require_safe
def sign_ups_csv(request: Request, meeting: Meeting) -> HttpResponse:
    return sign_ups_as_csv(standing_sign_ups(meeting))


@requires("events.count_sign_up", of=sign_up_or_404)
@require_POST
def were_there(request: Request, sign_up: SignUp) -> HttpResponse:
    """Those from one place were there: one tap."""
    actions.count_signed_up(sign_up, by=request.viewer)
    return redirect("events:there", public_id=sign_up.meeting.public_id)
