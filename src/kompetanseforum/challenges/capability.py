"""What challenges bring: a place in threads, on pages of needs, ideas and periods, and the demo forum's three."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.challenges.actions import (
    change_challenge,
    close_challenge,
    forget_person,
    gather,
    invite_to_team,
    join_team,
    open_challenge,
    send_owed_letters,
    strike_from_text,
)
from kompetanseforum.challenges.forms import MOST_CHARACTERS
from kompetanseforum.challenges.imports import DemoChallenge, demo_challenges
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.challenges.queries.personal import about_person
from kompetanseforum.challenges.queries.shown import (
    challenge_by_id,
    challenges_followed_by,
    challenges_of,
    open_challenges,
    team_in_words,
)
from kompetanseforum.challenges.rules import may_change_challenge, may_open_challenge
from kompetanseforum.challenges.views.thread import thread_steps
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, TextPlace
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import coordinators, open_cycle
from kompetanseforum.ideas.models import Idea
from kompetanseforum.ideas.queries import open_ideas
from kompetanseforum.needs.imports.demo import needs_of_demo
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.queries import organisations_named

Panelled = tuple[str, dict[str, object]] | None
MOST_ON_THE_PAGE_OF_NEEDS = 3


def named(public_id: str) -> Named | None:
    challenge = challenge_by_id(public_id)
    url = reverse("challenges:challenge", kwargs={"public_id": public_id})
    return Named(label=challenge.question, url=url) if challenge else None


def _rows(challenges: Iterable[Challenge]) -> list[tuple[Challenge, str]]:
    return [(one, team_in_words(one.team_size)) for one in challenges]  # type: ignore[attr-defined]  # counted


def of_notes(viewer: Viewer, about: object) -> Panelled:
    """Among what the chosen notes on a board may become."""
    return "challenges/_selection.html", {"board": about, "may_open": may_open_challenge(viewer, None)}


def from_idea(viewer: Viewer, idea: object) -> Panelled:
    """On an idea's page: the way on."""
    if not isinstance(idea, Idea) or not may_open_challenge(viewer, None):
        return None
    return "challenges/_from_idea.html", {"start": str(ref(idea))}


def from_need(viewer: Viewer, need: object) -> Panelled:
    if not isinstance(need, Need) or not may_open_challenge(viewer, None):
        return None
    return "challenges/_from_need.html", {"start": str(ref(need))}


def followed(viewer: Viewer, about: object) -> Panelled:
    rows = _rows(challenges_followed_by(viewer))
    return ("challenges/_followed.html", {"rows": rows}) if rows else None


def among_needs(viewer: Viewer, about: object) -> Panelled:
    rows = _rows(open_challenges()[:MOST_ON_THE_PAGE_OF_NEEDS])
    return ("challenges/_open.html", {"rows": rows}) if rows else None


def in_cycle(viewer: Viewer, cycle: object) -> Panelled:
    rows = _rows(challenges_of(cycle)) if isinstance(cycle, Cycle) else []
    return ("challenges/_of_cycle.html", {"rows": rows}) if rows else None


def text_standing(viewer: Viewer, where: Ref) -> str | None:
    challenge = challenge_by_id(where.id)
    return challenge.about if challenge is not None and may_change_challenge(viewer, challenge) else None


def text_written(viewer: Viewer, where: Ref, text: str) -> None:
    if challenge := challenge_by_id(where.id):
        change_challenge(challenge, question=challenge.question, about=text, cycle=challenge.cycle, by=viewer)


def strike(thing: Ref, paragraphs: Collection[str]) -> None:
    if thing.kind == "challenge" and (challenge := challenge_by_id(thing.id)):
        strike_from_text(challenge, paragraphs)


def demo() -> None:
    by = Viewer(person=ref(coordinators()[0]), roles=frozenset({"coordinator"}))
    today = clock.now()
    for row in demo_challenges():
        with clock.at(today - timedelta(days=row.days_ago)):
            challenge = _opened(row, by)
        if row.closed_days_ago:
            with clock.at(today - timedelta(days=row.closed_days_ago)):
                close_challenge(challenge, words=row.closed_words, by=by)


def _opened(row: DemoChallenge, by: Viewer) -> Challenge:
    challenge = open_challenge(question=row.question, about=row.about, cycle=open_cycle(), by=by)
    begun = [ref(need) for need in needs_of_demo(row.needs)]
    begun += [ref(idea) for idea in open_ideas() if idea.words.startswith(row.ideas)]
    for what in dict.fromkeys(begun):
        gather(challenge, what, by=by)
    known = organisations_named([*(one.name for one in row.team), *row.invited])
    for one in row.team:
        join_team(challenge, organisation=known[one.name], name_is_public=one.is_public, by=by)
    for name in row.invited:
        invite_to_team(challenge, organisation=known[name], by=by)
    return challenge


def personal_copy(person: Ref) -> dict[str, object]:
    return about_person(person)


CAPABILITY = Capability(
    app="challenges",
    title=_("Challenges"),
    ways=(Door(label=_("Challenges"), url_name="challenges:challenges", order=3),),
    desk=(
        Door(label=_("Open a challenge"), url_name="challenges:open", order=22, permission="challenges.open_challenge"),
    ),
    refs={"challenge": named},
    thread_steps={"challenge": thread_steps},
    text_places={
        "challenge": TextPlace(
            label=_("Use the text in the challenge"),
            readers=_("It stands on the challenge's page, where everybody reads it."),
            most=MOST_CHARACTERS,
            standing=text_standing,
            write=text_written,
        )
    },
    panels_offered=("challenge.next", "challenge.detail"),
    panels_filled={
        "idea.next": from_idea,
        "need.detail": from_need,
        "needs.list": among_needs,
        "mine.followed": followed,
        "cycle.detail": in_cycle,
        "board.selection": of_notes,
    },
    demo=demo,
    personal_copy=personal_copy,
    erase=forget_person,
    strike=strike,
    work=send_owed_letters,
    personal_data=(
        PersonalData(
            what=_("The e-mail address of somebody who is invited to a team"),
            why=_("So that they get the letter with its address"),
            kept_for=_("Until the letter is sent"),
        ),
        PersonalData(
            what=_("That you are in the team of a challenge, and for which sector"),
            why=_("So that one sees who is missing"),
            kept_for=_("As long as you are in the team"),
        ),
    ),
)
