"""What one does with a change: agree, say what one thinks, try it first or park it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanseforum.codesign.actions import agree, comment_on, move_change, remove_comment, take_back_agreement
from kompetanseforum.codesign.forms import CommentForm, MoveForm
from kompetanseforum.codesign.models import Change, Comment, Participant, State
from kompetanseforum.codesign.queries.changes import comment_by_id
from kompetanseforum.codesign.rules import participant_in
from kompetanseforum.codesign.views.changes import change_context, change_or_404
from kompetanseforum.core.http import Request, safe_next
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import requires


def comment_or_404(public_id: str) -> Comment:
    comment = comment_by_id(public_id)
    if comment is None:
        raise Http404
    return comment


def _own(request: Request, change: Change) -> Participant:
    own = participant_in(request.viewer, change.room)
    if own is None:
        raise Http404
    return own


def _back(request: Request, change: Change) -> HttpResponse:
    return redirect(safe_next(request, change_url(change)))


def change_url(change: Change) -> str:
    return reverse("codesign:change", kwargs={"public_id": change.public_id})


@requires("codesign.speak_of_change", of=change_or_404)
@require_POST
def agreed(request: Request, change: Change) -> HttpResponse:
    agree(change=change, by=_own(request, change))
    return _back(request, change)


@requires("codesign.speak_of_change", of=change_or_404)
@require_POST
def disagreed(request: Request, change: Change) -> HttpResponse:
    take_back_agreement(change=change, by=_own(request, change))
    return _back(request, change)


@requires("codesign.speak_of_change", of=change_or_404)
@require_POST
def say(request: Request, change: Change) -> HttpResponse:
    limit(request.viewer.network, "codesign.say", most=60, per_seconds=600)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "codesign/change.html", change_context(request, change, comment=form), status=422)
    given = form.cleaned_data
    comment_on(change=change, words=given["words"], by=_own(request, change), sending_key=given["sending_key"])
    return redirect(change_url(change) + "#said")


@requires("codesign.speak_of_change", of=change_or_404)
@require_POST
def move(request: Request, change: Change) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return render(request, "codesign/change.html", change_context(request, change, move=form), status=422)
    given = form.cleaned_data
    move_change(change=change, to=State(given["state"]), reason=given["reason"], by=_own(request, change))
    return redirect(change_url(change))


@requires("codesign.remove_comment", of=comment_or_404)
@require_POST
def remove(request: Request, comment: Comment) -> HttpResponse:
    remove_comment(comment=comment)
    messages.success(request, _("Removed."))
    return redirect(change_url(comment.change) + "#said")
