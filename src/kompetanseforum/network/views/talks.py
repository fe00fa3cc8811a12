"""Asking for a talk, and answering."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.network.actions import TooManyTalks, agree_to_talk, ask_for_talk, decline_talk
from kompetanseforum.network.forms import TalkForm
from kompetanseforum.network.models import Card, Talk
from kompetanseforum.network.queries.talks import talk_by_id, talks_of
from kompetanseforum.network.rules import MOST_A_DAY
from kompetanseforum.network.views.directory import card_or_404


def talk_or_404(public_id: str) -> Talk:
    talk = talk_by_id(public_id)
    if talk is None:
        raise Http404
    return talk


@requires("network.see_talks")
@require_safe
def talks(request: Request) -> HttpResponse:
    if request.viewer.person is None:
        raise Http404
    return render(request, "network/talks.html", {"talks": talks_of(request.viewer.person)})


@requires("network.ask_for_talk", of=card_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, card: Card) -> HttpResponse:
    is_sent = request.method == "POST"
    form = TalkForm(request.POST if is_sent else None)
    asker = person_of(request.viewer.person)
    if is_sent and form.is_valid() and asker is not None:
        try:
            ask_for_talk(asker=asker, asked=card.person, about=form.cleaned_data["about"])
        except TooManyTalks:
            form.add_error(
                None, _("You have asked %(count)s people in one day. Try again tomorrow.") % {"count": MOST_A_DAY}
            )
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": card.person.name})
            return redirect("network:talks")
    return render(request, "network/ask.html", {"form": form, "card": card}, status=422 if is_sent else 200)


@requires("network.answer_talk", of=talk_or_404)
@require_POST
def answer(request: Request, talk: Talk) -> HttpResponse:
    if request.POST.get("answer") == "yes":
        agree_to_talk(talk)
        messages.success(request, _("Now you see how to reach each other."))
    else:
        decline_talk(talk)
        messages.success(request, _("It is gone. Nobody is told that you said no."))
    return redirect("network:talks")
