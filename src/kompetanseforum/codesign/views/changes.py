"""A change is proposed, read, worded anew and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.codesign.actions import StaleWording, propose_change, remove_change, reword_change
from kompetanseforum.codesign.forms import CommentForm, MoveForm, ProposeForm, RewordForm, part_named
from kompetanseforum.codesign.models import Change, Room
from kompetanseforum.codesign.queries.changes import (
    change_by_id,
    comments_on,
    proposed_count,
    show_change,
    who_agrees,
    wordings_of,
)
from kompetanseforum.codesign.queries.rooms import is_inside, needs_behind, todays_offer, who_words, words_from
from kompetanseforum.codesign.queries.today import lines_of
from kompetanseforum.codesign.rules import may_remove_change, may_speak_of_change, participant_in
from kompetanseforum.codesign.views.rooms import room_or_404
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key


def change_or_404(public_id: str) -> Change:
    change = change_by_id(public_id)
    if change is None:
        raise Http404
    return change


@requires("codesign.speak", of=room_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request, room: Room) -> HttpResponse:
    """`?del=…` says in which column."""
    is_posted = request.method == "POST"
    part = part_named((request.POST if is_posted else request.GET).get("del", ""))
    lines = [line for line in lines_of(todays_offer(room)) if line.part == part]
    form = ProposeForm(request.POST if is_posted else None, lines=lines)
    own = participant_in(request.viewer, room)
    if is_posted and form.is_valid() and own is not None:
        limit(request.viewer.network, "codesign.propose", most=60, per_seconds=600)
        given = form.cleaned_data
        propose_change(
            room=room,
            part=part,
            topic=form.line.topic if form.line else "",
            today=form.line.text if form.line else "",
            proposal=given["proposal"],
            why=given["why"],
            by=own,
            sending_key=given["sending_key"],
        )
        messages.success(request, _("Proposed. The others see it, and can say what they think."))
        return redirect("codesign:room", public_id=room.public_id)
    context = {
        "room": room,
        "part": part,
        "form": form,
        "words": words_from(needs_behind(room)),
        "proposed": proposed_count(room),
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "codesign/propose.html", context, status=422 if is_posted else 200)


@requires("codesign.see_change", of=change_or_404)
@require_safe
def change(request: Request, change: Change) -> HttpResponse:
    return render(request, "codesign/change.html", change_context(request, change))


def change_context(
    request: Request, change: Change, *, comment: CommentForm | None = None, move: MoveForm | None = None
) -> dict[str, object]:
    """What `codesign/change.html` draws; with the forms that came back where something was missing."""
    room = room_or_404(change.room.public_id)
    own = participant_in(request.viewer, room)
    knows_names = is_inside(request.viewer, room)
    comments = comments_on(change, knows_names=knows_names, own=own)
    return {
        "room": room,
        "change": change,
        "own": own,
        "shown": show_change(change, sides={one.sector for one in room.participants.all()}, own=own),
        "by": who_words(change.by, knows_names=knows_names),
        "agree": who_agrees(change, knows_names=knows_names),
        "comments": comments,
        # A draft of a comment is forgotten once one has said it.
        "own_said": sum(one.is_own for one in comments),
        "wordings": wordings_of(change, knows_names=knows_names),
        "may_speak": may_speak_of_change(request.viewer, change),
        "may_remove": may_remove_change(request.viewer, change),
        "is_coordinator": request.viewer.is_a("coordinator"),
        "comment_form": comment or CommentForm(),
        "move_form": move or MoveForm(initial={"state": "", "reason": change.reason}),
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }


@requires("codesign.speak_of_change", of=change_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: Request, change: Change) -> HttpResponse:
    """Where somebody else was first, both texts stand on the page, and sending it again lets one's own stand."""
    is_posted = request.method == "POST"
    form = RewordForm(
        request.POST if is_posted else None, initial={"proposal": change.proposal, "seen": change.revision}
    )
    own = participant_in(request.viewer, change.room)
    theirs: Change | None = None
    if is_posted and form.is_valid() and own is not None:
        given = form.cleaned_data
        try:
            reword_change(change=change, proposal=given["proposal"], seen=given["seen"], by=own)
        except StaleWording as stale:
            theirs = stale.change
            form = RewordForm({"proposal": given["proposal"], "seen": theirs.revision})
        else:
            messages.success(request, _("Worded anew. Those who had said yes are asked again."))
            return redirect("codesign:change", public_id=change.public_id)
    context = {"room": change.room, "change": change, "form": form, "theirs": theirs}
    return render(request, "codesign/reword.html", context, status=422 if is_posted else 200)


@requires("codesign.remove_change", of=change_or_404)
@require_POST
def remove(request: Request, change: Change) -> HttpResponse:
    remove_change(change=change, by=participant_in(request.viewer, change.room))
    messages.success(request, _("The proposal is taken back."))
    return redirect("codesign:room", public_id=change.room.public_id)
