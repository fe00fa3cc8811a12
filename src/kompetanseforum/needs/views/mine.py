"""The page behind a personal link: follow, change, withdraw; and the thanks after sending."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanse.linking import guess_language
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core import clock
from kompetanseforum.core import held as device
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import Viewer, public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions import Said, change_voice, hand_over_needs, hash_link, withdraw_voice
from kompetanseforum.needs.forms import DetailsForm, HelpedForm, WordsForm
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.needs.queries.listed import listed_needs
from kompetanseforum.needs.queries.shown import (
    link_secret,
    need_by_id,
    needs_followed_by,
    needs_owned_by,
    needs_with_voices,
    shown_need,
    shown_needs,
    voice_by_id,
    voice_by_link,
    voices_held_by,
)
from kompetanseforum.needs.rules import may_see_need
from kompetanseforum.needs.views.letters import helped_url
from kompetanseforum.needs.views.reading import need_or_404
from kompetanseforum.needs.views.rows import next_step, row_view, thread_of_new


def voice_or_404(public_id: str) -> Voice:
    voice = voice_by_id(public_id)
    if voice is None:
        raise Http404
    return voice


def _address_of_link(request: Request, voice: Voice) -> str:
    return request.build_absolute_uri(reverse("needs:link", kwargs={"secret": link_secret(voice)}))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Request, secret: str) -> HttpResponse:
    """A personal link. Opening it changes nothing (mail scanners open links); the button takes it into use."""
    limit(request.viewer.network, "needs.link", most=30, per_seconds=600)
    voice = voice_by_link(hash_link(secret.strip().lower()))
    if voice is None:
        return render(request, "needs/link.html", {"voice": None}, status=404)
    if request.method == "POST":
        device.hold(request, ref(voice))
        return redirect("needs:mine", public_id=voice.public_id)
    return render(request, "needs/link.html", {"voice": voice})


@requires("needs.see_voice", of=voice_or_404)
@require_safe
def thanks(request: Request, voice: Voice) -> HttpResponse:
    if voice.withdrawn_at is not None:  # nobody answers it any more
        return redirect("needs:mine", public_id=voice.public_id)
    context = {
        "voice": voice,
        "need": voice.need,
        "link": _address_of_link(request, voice),
        "steps": thread_of_new(voice.need),
    }
    return render(request, "needs/thanks.html", context)


@requires("needs.see_voice", of=voice_or_404)
@require_safe
def mine(request: Request, voice: Voice) -> HttpResponse:
    """What has come of my voice."""
    need = need_by_id(voice.need.public_id)
    assert need is not None
    context = {
        "voice": voice,
        "shown": shown_need(need, viewer=request.viewer),
        "may_see_need": may_see_need(request.viewer, need),
        "answers": need.answers.select_related("by"),
        "link": _address_of_link(request, voice),
        "helped_form": HelpedForm(initial={"helped": voice.helped, "words": voice.helped_words}),
        "helped_url": helped_url(voice),
        "asks_if_helped": need.asked_if_helped_at is not None and voice.withdrawn_at is None,
    }
    return render(request, "needs/mine.html", context)


@public
@require_safe
def held(request: Request) -> HttpResponse:
    """Everything this device has said, or the person who is signed in on it."""
    return render(request, "needs/held.html", said_and_followed(request.viewer))


def said_and_followed(viewer: Viewer, *, most: int | None = None) -> dict[str, object]:
    """What `needs/_said.html` draws; with `most`, the newest of each."""
    voices = voices_held_by(viewer)
    needs = needs_with_voices([voice.need_id for voice in voices[:most]])
    shown = {each.need.pk: each for each in shown_needs(needs, viewer=viewer)}
    rows = [
        {
            "voice": voice,
            "need": voice.need,
            "words": voice.words or shown[voice.need_id].title,
            "is_plain": not voice.words,
            "next": next_step(shown[voice.need_id]),
            "is_late": shown[voice.need_id].days_late > 0,
        }
        for voice in voices[:most]
    ]
    followed = listed_needs(needs_followed_by(viewer)[:most], viewer=viewer)
    follows = [row_view(each, viewer=viewer, is_known=bool(voices)) for each in followed]
    return {"rows": rows, "follows": follows, "is_person": viewer.person is not None}


MOST_ON_MY_PAGE = 5


def on_my_page(viewer: Viewer, person: object) -> tuple[str, dict[str, object]]:
    """What one has said and follows, and the needs that wait for one's answer."""
    assert isinstance(person, Person)
    mine = needs_owned_by(person)
    context = said_and_followed(viewer, most=MOST_ON_MY_PAGE) | {
        "awaiting": len(mine),
        "late": sum(need.next_answer_on < clock.today() for need in mine),
        "first": mine[0] if mine else None,
        "has_next_step": not person.email or viewer.is_a("coordinator"),
    }
    return "needs/_on_my_page.html", context


def in_handover(viewer: Viewer, person: object) -> tuple[str, dict[str, object]]:
    """A step of handing over: the open needs that one owns."""
    assert isinstance(person, Person)
    duty = duty_person()
    context = {"number": len(needs_owned_by(person)), "duty": duty, "is_me": duty == person}
    return "needs/_in_handover.html", context


@requires("needs.hand_over")
@require_POST
def hand_over(request: Request) -> HttpResponse:
    """All my open needs to the one on duty."""
    person, duty = the_person(request.viewer.person), duty_person()
    number = hand_over_needs(owner=person, to=duty)
    messages.success(
        request,
        ngettext("%(name)s owns %(n)s more need now.", "%(name)s owns %(n)s more needs now.", number)
        % {"name": duty.name, "n": number},
    )
    return redirect("forum:handover")


@requires("needs.see_need", of=need_or_404)
@require_POST
def follow(request: Request, need: Need) -> HttpResponse:
    """This device follows the need: it stands on "my needs" with its latest answer. No account, no address."""
    device.follow(request, ref(need))
    messages.success(
        request,
        _("You follow it now. It stands under «My needs»."),
        extra_tags=f"undo {reverse('needs:unfollow', kwargs={'public_id': need.public_id})}",
    )
    return redirect("needs:need", public_id=need.public_id)


@requires("needs.see_need", of=need_or_404)
@require_POST
def unfollow(request: Request, need: Need) -> HttpResponse:
    device.unfollow(request, ref(need))
    messages.success(request, _("You no longer follow it."))
    return redirect("needs:need", public_id=need.public_id)


@public
@require_POST
def forget(request: Request) -> HttpResponse:
    """A shared device: nothing said from here opens from here any more. The links still do."""
    device.forget(request)
    messages.success(request, _("Forgotten on this device. Your links still work."))
    return redirect("needs:needs")


@requires("needs.change_voice", of=voice_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, voice: Voice) -> HttpResponse:
    start = {
        "people": _step_for(voice.people),
        "horizon": voice.need.horizon,
        "level": voice.need.level,
        "forms_wanted": voice.forms,
        "words_are_public": voice.words_are_public,
        "name_is_public": voice.name_is_public,
        "email": voice.email,
    }
    words = WordsForm(request.POST or None, initial={"words": voice.words})
    details = DetailsForm(request.POST or None, initial=start)
    if request.method == "POST" and words.is_valid() and details.is_valid():
        given, typed = details.cleaned_data, words.cleaned_data["words"]
        said = Said(
            words=typed,
            language=guess_language(typed),
            people=details.people_count() if given["people"] != start["people"] else voice.people,
            forms=given["forms_wanted"],
            words_are_public=given["words_are_public"],
            name_is_public=given["name_is_public"],
            email=given["email"],
        )
        change_voice(
            voice=voice, said=said, horizon=given["horizon"] or "now", level=given["level"], by=request.viewer.person
        )
        messages.success(request, _("Changed. This is how it stands now."))
        return redirect("needs:mine", public_id=voice.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/change.html", {"voice": voice, "words": words, "form": details}, status=status)


def _step_for(people: int) -> str:
    return next(str(step) for step in (10, 5, 2, 1) if people >= step)


@requires("needs.change_voice", of=voice_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, voice: Voice) -> HttpResponse:
    """It cannot be undone, so it is asked once more."""
    if request.method != "POST":
        back = reverse("needs:mine", kwargs={"public_id": voice.public_id})
        return render(request, "needs/withdraw.html", {"voice": voice, "back": back})
    withdraw_voice(voice=voice, by=request.viewer.person)
    messages.success(request, _("Withdrawn. It no longer counts, and your e-mail address is erased."))
    return redirect("needs:needs")
