"""The list of challenges, and one challenge with what it gathers, its team and who is missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kompetanseforum.boards.rules import may_open_board
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.challenges.queries.missing import missing, needs_gathered, organisations_behind
from kompetanseforum.challenges.queries.shown import (
    challenge_by_id,
    closed_challenges,
    gathered,
    open_challenges,
    shown_team,
    team_in_words,
    team_of,
)
from kompetanseforum.challenges.rules import may_change_challenge, may_join_team, may_open_challenge
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.core.refs import ref

PER_PAGE = 20


def challenge_or_404(public_id: str) -> Challenge:
    challenge = challenge_by_id(public_id)
    if challenge is None:
        raise Http404
    return challenge


@public
@require_safe
def challenges(request: Request) -> HttpResponse:
    page = Paginator(open_challenges(), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "open": [(one, team_in_words(one.team_size)) for one in page],  # type: ignore[attr-defined]  # counted
        "closed": [] if page.has_previous() else list(closed_challenges()[:PER_PAGE]),
        "more_url": f"?side={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?side={page.previous_page_number()}" if page.has_previous() else "",
        "may_open": may_open_challenge(request.viewer, None),
    }
    return render(request, "challenges/challenges.html", context)


@requires("challenges.see_challenge", of=challenge_or_404)
@require_safe
def challenge(request: Request, challenge: Challenge) -> HttpResponse:
    team = team_of(challenge)
    refs = gathered(challenge)
    needs = needs_gathered(challenge, viewer=request.viewer, refs=refs)
    behind = organisations_behind(needs)
    shown = shown_team(team, viewer=request.viewer)
    me = request.viewer.person
    context = {
        "challenge": challenge,
        "team": [one for one in shown if one.is_in],
        "invited": [one for one in shown if not one.is_in],
        "missing": missing(behind, team),
        "behind_count": len(behind),
        "need_count": len(needs),
        "idea_count": sum(one.kind == "idea" for one in refs),
        "may_open_board": may_open_board(request.viewer, None),
        "may_change": may_change_challenge(request.viewer, challenge),
        "may_join": may_join_team(request.viewer, challenge),
        "is_in_team": me is not None and any(one.person and one.person.public_id == me.id for one in team),
        "is_followed": ref(challenge) in request.viewer.follows,
    }
    return render(request, "challenges/challenge.html", context)
