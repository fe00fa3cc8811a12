"""What coordinators do with a need: answer, take it on, release or remove what is held, confirm a voice."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.needs.actions import (
    AnsweredMeanwhileError,
    answer_need,
    confirm_voice,
    release_need,
    remove_need,
    take_need,
)
from kompetanseforum.needs.forms import AnswerForm
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.needs.queries.shown import held_needs, shown_need, shown_needs
from kompetanseforum.needs.views.mine import voice_or_404
from kompetanseforum.needs.views.reading import need_or_404


@requires("needs.answer_need", of=need_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, need: Need) -> HttpResponse:
    form = AnswerForm(request.POST or None, initial={"state": need.state, "owner": need.owner.public_id})
    person = person_of(request.viewer.person)
    status, meanwhile = 422 if request.method == "POST" else 200, None
    if request.method == "POST" and person and form.is_valid():
        given = form.cleaned_data
        try:
            answer_need(
                need=need,
                by=person,
                words=given["words"],
                state=given["state"],
                next_answer_on=given["next_answer_on"],
                owner=form.people[given["owner"]],
                reason=given["reason"],
                asks_if_helped=given["asks_if_helped"],
                after=given["seen"],
            )
        except AnsweredMeanwhileError as error:
            if error.answer is None:
                messages.error(request, _("The need was withdrawn meanwhile, so nobody is told anything."))
                return redirect("needs:need", public_id=need.public_id)
            status, meanwhile = 409, error.answer
            form.add_error(
                "words", _("Read what was answered, and send yours again if it still holds. It stands here.")
            )
        else:
            messages.success(request, _("Answered. Those who stand behind it see it on their page."))
            # Back to the desk, where the next one stands.
            return redirect(settings.LOGIN_REDIRECT_URL)
    shown = shown_need(need, viewer=request.viewer)
    title = _("%(name)s has answered meanwhile") % {"name": meanwhile.by.name} if meanwhile else ""
    context = {"need": need, "shown": shown, "form": form, "meanwhile": meanwhile, "meanwhile_title": title}
    return render(request, "needs/answer.html", context, status=status)


@requires("needs.answer_need", of=need_or_404)
@require_POST
def take(request: Request, need: Need) -> HttpResponse:
    person = person_of(request.viewer.person)
    if person:
        take_need(need=need, owner=person)
        messages.success(request, _("You answer this one now."))
    return redirect("needs:need", public_id=need.public_id)


@requires("needs.release_need", of=need_or_404)
@require_POST
def release(request: Request, need: Need) -> HttpResponse:
    release_need(need=need, by=request.viewer.person, remove_numbers="remove_numbers" in request.POST)
    if any(voice.words_are_public for voice in need.voices.all()):
        messages.success(request, _("Released. Everybody can see it now."))
    else:
        messages.success(request, _("Released, and it counts. The words are still read only by them and the forum."))
    return redirect("needs:held_for_look")


@requires("needs.release_need", of=need_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, need: Need) -> HttpResponse:
    """It cannot be undone, so it is asked once more."""
    if request.method != "POST":
        context = {"shown": shown_need(need, viewer=request.viewer), "back": reverse("needs:held_for_look")}
        return render(request, "needs/remove.html", context)
    remove_need(need=need, by=request.viewer.person)
    messages.success(request, _("Removed."))
    return redirect("needs:held_for_look")


@requires("needs.confirm_voice", of=voice_or_404)
@require_POST
def confirm(request: Request, voice: Voice) -> HttpResponse:
    confirm_voice(voice=voice, by=request.viewer.person)
    messages.success(request, _("Confirmed: they stand behind it."))
    return redirect("needs:need", public_id=voice.need.public_id)


@requires("needs.see_held")
@require_safe
def held_for_look(request: Request) -> HttpResponse:
    """Held until a coordinator has looked."""
    return render(request, "needs/held_for_look.html", {"rows": shown_needs(held_needs(), viewer=request.viewer)})
