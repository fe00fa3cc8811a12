"""An educator opens the link and answers: yes, yes but, being decided, or no because."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.briefs.actions import answer_brief
from kompetanseforum.briefs.forms import AnswerForm
from kompetanseforum.briefs.models import Recipient
from kompetanseforum.briefs.queries.shown import (
    brief_by_id,
    own_offers,
    recipient_by_id,
    recipient_by_link,
    shown_brief,
)
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.secret_links import hash_of
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.organisations.rules import represents


def recipient_or_404(public_id: str) -> Recipient:
    recipient = recipient_by_id(public_id)
    if recipient is None:
        raise Http404
    return recipient


@public
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request, secret: str) -> HttpResponse:
    """A personal link. Opening it changes nothing (mail scanners open links); the button takes it into use."""
    limit(request.viewer.network, "briefs.link", most=30, per_seconds=600)
    recipient = recipient_by_link(hash_of(secret))
    if recipient is None:
        raise Http404
    if request.method == "POST":
        hold(request, ref(recipient))
        return redirect("briefs:brief", public_id=recipient.brief.public_id)
    return render(request, "briefs/link.html", {"recipient": recipient, "brief": recipient.brief})


@requires("briefs.answer_brief", of=recipient_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, recipient: Recipient) -> HttpResponse:
    is_posted = request.method == "POST"
    form = AnswerForm(request.POST if is_posted else None, offers=own_offers(recipient.organisation))
    is_theirs = ref(recipient) in request.viewer.holds or represents(request.viewer, recipient.organisation)
    if is_posted and form.is_valid():
        answer_brief(
            recipient=recipient,
            said=form.said(),
            by=request.viewer.person or ref(recipient),
            is_reported=not is_theirs,
            sending_key=form.cleaned_data["sending_key"],
        )
        messages.success(request, _("Answered. Those who asked see it now."))
        return redirect("briefs:brief", public_id=recipient.brief.public_id)
    brief = brief_by_id(recipient.brief.public_id)
    assert brief is not None
    context = {
        "recipient": recipient,
        "brief": brief,
        "shown": shown_brief(brief, language=request.LANGUAGE_CODE),
        "form": form,
        # A draft is forgotten once it is sent.
        "answered": recipient.answers.count(),
        "is_reported": not is_theirs,
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "briefs/answer.html", context, status=422 if is_posted else 200)
