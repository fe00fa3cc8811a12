"""Pages of ideas: the list, saying one without an account, one idea, and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanse.linking import guess_language
from kompetanse.refs import Ref
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import TooMany, count, limit
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.text import in_words
from kompetanseforum.ideas.actions import became_need, release_idea, say_idea, withdraw_idea
from kompetanseforum.ideas.forms import IdeaForm
from kompetanseforum.ideas.models import Idea
from kompetanseforum.ideas.queries import held_ideas, idea_by_id, open_ideas
from kompetanseforum.ideas.rules import (
    MOST_SAID,
    MOST_SAID_SECONDS,
    may_release_idea,
    may_tie_idea,
    may_withdraw_idea,
)
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.rules import ALIKE_WINDOW_SECONDS, reason_to_hold
from kompetanseforum.needs.views.others import needs_found
from kompetanseforum.needs.views.reading import need_or_404
from kompetanseforum.threads.actions import WouldLoop

PER_PAGE = 20


def idea_or_404(public_id: str) -> Idea:
    idea = idea_by_id(public_id)
    if idea is None:
        raise Http404
    return idea


@public
@require_safe
def ideas(request: Request) -> HttpResponse:
    page = Paginator(open_ideas(), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "rows": list(page),
        "more_url": f"?side={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?side={page.previous_page_number()}" if page.has_previous() else "",
    }
    return render(request, "ideas/ideas.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Request) -> HttpResponse:
    """One field, no account; the same walls as for a need."""
    form = IdeaForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_in_time(request, form):
        given = form.cleaned_data
        alike = count(
            request.viewer.network, "ideas.alike", per_seconds=ALIKE_WINDOW_SECONDS, once=given["sending_key"]
        )
        idea = say_idea(
            words=given["words"],
            language=guess_language(given["words"]),
            by=request.viewer,
            held_reason=reason_to_hold(given["words"], trap_is_filled=bool(given["website"]), alike=alike),
            sending_key=given["sending_key"],
            raised_in=_ref_or_none(given["raised_in"]),
        )
        hold(request, ref(idea))
        messages.success(request, _("Thank you. Here is your idea. Come back to see what it becomes."))
        return redirect("ideas:idea", public_id=idea.public_id)
    context = {
        "form": form,
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
        "raised_in": request.POST.get("raised_in") or request.GET.get("fra", ""),
    }
    return render(request, "ideas/say.html", context, status=422 if request.method == "POST" else 200)


def _is_in_time(request: Request, form: IdeaForm) -> bool:
    """False, with words about it, when many have come from one place in a short while; what was typed stays."""
    try:
        limit(request.viewer.network, "ideas.say", most=MOST_SAID, per_seconds=MOST_SAID_SECONDS)
    except TooMany as error:
        minutes = in_words(max(2, -(-error.wait_seconds // 60)))
        form.add_error(
            None, _("Many have just written from where you are. Try again in %(count)s minutes.") % {"count": minutes}
        )
        return False
    return True


def _ref_or_none(text: str) -> Ref | None:
    try:
        return Ref.parse(text)
    except ValueError:
        return None


@requires("ideas.see_idea", of=idea_or_404)
@require_safe
def idea(request: Request, idea: Idea) -> HttpResponse:
    context = {
        "idea": idea,
        "may_withdraw": may_withdraw_idea(request.viewer, idea) and idea.withdrawn_at is None,
        "may_release": may_release_idea(request.viewer, idea) and bool(idea.held_reason),
        "may_tie": may_tie_idea(request.viewer, idea) and idea.withdrawn_at is None,
    }
    return render(request, "ideas/idea.html", context)


@requires("ideas.see_held")
@require_safe
def held_for_look(request: Request) -> HttpResponse:
    return render(request, "ideas/held_for_look.html", {"rows": list(held_ideas())})


@requires("ideas.release_idea", of=idea_or_404)
@require_POST
def release(request: Request, idea: Idea) -> HttpResponse:
    release_idea(idea, by=request.viewer)
    messages.success(request, _("Everybody can see it now."))
    return redirect("ideas:idea", public_id=idea.public_id)


@requires("ideas.withdraw_idea", of=idea_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, idea: Idea) -> HttpResponse:
    if request.method == "POST":
        withdraw_idea(idea, by=request.viewer)
        messages.success(request, _("Withdrawn. Its words are gone."))
        return redirect("ideas:ideas")
    back = reverse("ideas:idea", kwargs={"public_id": idea.public_id})
    return render(request, "ideas/withdraw.html", {"idea": idea, "back": back})


@requires("ideas.tie_idea", of=idea_or_404)
@require_safe
def needs(request: Request, idea: Idea) -> HttpResponse:
    """Which need did it become?"""
    words = request.GET.get("q", "").strip()[:200]
    others = needs_found(words, url_name="ideas:became", public_id=idea.public_id, viewer=request.viewer)
    return render(request, "ideas/needs.html", {"idea": idea, "others": others, "words": words})


def idea_and_need_or_404(public_id: str, into: str) -> tuple[Idea, Need]:
    return idea_or_404(public_id), need_or_404(into)


@requires("ideas.tie_idea", of=idea_and_need_or_404)
@require_POST
def became(request: Request, both: tuple[Idea, Need]) -> HttpResponse:
    idea, need = both
    try:
        became_need(idea, need=need, by=request.viewer)
    except WouldLoop:
        messages.warning(request, _("The need has led to this idea, so it cannot also have come of it."))
    else:
        messages.success(request, _("The need stands in the thread of the idea."))
    return redirect("ideas:idea", public_id=idea.public_id)
