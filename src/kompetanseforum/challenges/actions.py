"""Writes of challenges. What one gathers is tied in the thread; nothing else about it is saved anywhere else."""

from __future__ import annotations

from django.db import transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.challenges.facts import (
    ChallengeChanged,
    ChallengeClosed,
    ChallengeOpened,
    TeamInvited,
    TeamJoined,
    TeamLeft,
)
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.challenges.queries.shown import challenge_by_sending_key
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Cycle
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.actions import tie


def open_challenge(
    *, question: str, about: str, cycle: Cycle | None, by: Viewer, sending_key: str = "", start: Ref | None = None
) -> Challenge:
    """`start`: the need or idea it begins with. The same form sent again gives the same challenge."""
    if sending_key and (known := challenge_by_sending_key(sending_key)):
        return known
    with transaction.atomic():
        challenge = Challenge.objects.create(
            question=question.strip(),
            about=about.strip(),
            cycle=cycle,
            opened_by=str(by.actor or ""),
            opened_at=clock.now(),
            sending_key=sending_key or None,
        )
        if start is not None:
            gather(challenge, start, by=by)
        publish(ChallengeOpened(challenge=ref(challenge)), by=by.actor, about=ref(challenge))
    return challenge


def change_challenge(challenge: Challenge, *, question: str, about: str, cycle: Cycle | None, by: Viewer) -> None:
    with transaction.atomic():
        challenge.question, challenge.about, challenge.cycle = question.strip(), about.strip(), cycle
        challenge.save(update_fields=["question", "about", "cycle"])
        publish(ChallengeChanged(challenge=ref(challenge)), by=by.actor, about=ref(challenge))


def gather(challenge: Challenge, what: Ref, *, by: Viewer, why: str = "") -> None:
    """A need or an idea is gathered in it. Raises threads.actions.WouldLoop."""
    tie(upstream=what, downstream=ref(challenge), relation=Relation.GATHERED_IN, by=by, why=why)


def close_challenge(challenge: Challenge, *, words: str, by: Viewer) -> None:
    """It gathers no more; where it ended stands on its page."""
    if challenge.closed_at is not None:
        return
    with transaction.atomic():
        challenge.closed_at, challenge.closed_words = clock.now(), words.strip()
        challenge.save(update_fields=["closed_at", "closed_words"])
        publish(ChallengeClosed(challenge=ref(challenge)), by=by.actor, about=ref(challenge))


# The team


def invite_to_team(challenge: Challenge, *, organisation: Organisation, by: Viewer) -> TeamMember:
    """They are asked; one who is in already, or asked already, stays as they are."""
    with transaction.atomic():
        member, is_new = TeamMember.objects.get_or_create(
            challenge=challenge,
            organisation=organisation,
            left_at=None,
            defaults={"sector": organisation.sector, "invited_at": clock.now()},
        )
        if is_new:
            publish(TeamInvited(challenge=ref(challenge)), by=by.actor, about=ref(challenge))
    return member


def join_team(
    challenge: Challenge,
    *,
    organisation: Organisation | None = None,
    person: Person | None = None,
    sector: str = "",
    name_is_public: bool = False,
    by: Viewer,
) -> TeamMember:
    """An organisation or a person is in the team from now on; said again, their sector and their consent change."""
    with transaction.atomic():
        member, _is_new = TeamMember.objects.get_or_create(
            challenge=challenge, organisation=organisation, person=person, left_at=None
        )
        was_in = member.joined_at is not None
        member.sector = sector or (organisation.sector if organisation else "") or member.sector
        member.name_is_public = name_is_public
        member.joined_at = member.joined_at or clock.now()
        member.save(update_fields=["sector", "name_is_public", "joined_at"])
        if not was_in:
            publish(TeamJoined(challenge=ref(challenge)), by=by.actor, about=ref(challenge))
    return member


def leave_team(member: TeamMember, *, by: Viewer) -> None:
    with transaction.atomic():
        member.left_at = clock.now()
        member.save(update_fields=["left_at"])
        publish(TeamLeft(challenge=ref(member.challenge)), by=by.actor, about=ref(member.challenge))


def forget_person(erasure: Erasure) -> None:
    """Their place in a team goes; a challenge they opened stays, and nothing says who opened it."""
    TeamMember.objects.filter(person__public_id=erasure.person.id).delete()
    Challenge.objects.filter(opened_by=str(erasure.person)).update(opened_by="")
