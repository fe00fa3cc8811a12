"""Writes of challenges. What one gathers is tied in the thread; nothing else about it is saved anywhere else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.linking import guess_language
from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.actions.owed import MOST_ATTEMPTS, Owed, send_owed
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import tell_what_became
from kompetanseforum.boards.models import Board, Item
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
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import without_paragraphs
from kompetanseforum.forum.models import Cycle
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.ideas.models import Idea
from kompetanseforum.ideas.queries import idea_by_sending_key
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.actions import tie


def open_challenge(
    *, question: str, about: str, cycle: Cycle | None, by: Viewer, sending_key: str = "", start: Ref | None = None
) -> Challenge:
    """`start`: the need or idea it begins with. The same form sent again gives the same challenge."""
    if sending_key and (known := challenge_by_sending_key(sending_key)):
        return known
    try:
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
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := challenge_by_sending_key(sending_key)):
            return known
        raise
    return challenge


def open_challenge_of_notes(
    *,
    board: Board,
    notes: Sequence[Item],
    question: str,
    about: str,
    cycle: Cycle | None,
    by: Viewer,
    sending_key: str,
) -> Challenge:
    """A challenge that notes on a board became; each of them tells so. The same form again is the same challenge."""
    if known := challenge_by_sending_key(sending_key):
        return known
    with transaction.atomic():
        challenge = open_challenge(question=question, about=about, cycle=cycle, by=by, sending_key=sending_key)
        tell_what_became(board=board, notes=notes, thing=ref(challenge), by=by)
    return challenge


def say_idea_of_notes(*, board: Board, notes: Sequence[Item], words: str, by: Viewer, sending_key: str) -> Idea:
    """An idea that notes on a board became; each of them tells so. The same form again is the same idea."""
    if known := idea_by_sending_key(sending_key):
        return known
    with transaction.atomic():
        idea = say_idea(words=words, language=guess_language(words), by=by, sending_key=sending_key)
        tell_what_became(board=board, notes=notes, thing=ref(idea), by=by)
    return idea


def change_challenge(challenge: Challenge, *, question: str, about: str, cycle: Cycle | None, by: Viewer) -> None:
    with transaction.atomic():
        challenge.question, challenge.about, challenge.cycle = question.strip(), about.strip(), cycle
        challenge.save(update_fields=["question", "about", "cycle"])
        publish(ChallengeChanged(challenge=ref(challenge)), by=by.actor, about=ref(challenge))


def strike_from_text(challenge: Challenge, paragraphs: Collection[str]) -> None:
    """They were erased where they were written together. What else stands there stays."""
    with transaction.atomic():
        held = Challenge.objects.select_for_update().get(pk=challenge.pk)
        left = without_paragraphs(held.about, paragraphs)
        if left != held.about:
            change_challenge(held, question=held.question, about=left, cycle=held.cycle, by=NOBODY)


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


def invite_to_team(
    challenge: Challenge, *, organisation: Organisation, by: Viewer, email: str = "", language: str = "nb"
) -> TeamMember:
    """They are asked, with an address by letter too; one who is in or has been told already stays as they are."""
    with transaction.atomic():
        member, is_new = TeamMember.objects.get_or_create(
            challenge=challenge,
            organisation=organisation,
            left_at=None,
            defaults={"sector": organisation.sector, "invited_at": clock.now()},
        )
        if email:
            untold = TeamMember.objects.filter(pk=member.pk, told_at=None, joined_at=None)
            untold.update(email=email.strip(), language=language, attempts=0)
        if is_new:
            publish(TeamInvited(challenge=ref(challenge)), by=by.actor, about=ref(challenge))
    return member


def send_owed_letters(*, most: int = 20) -> bool:
    """To those who are invited, oldest first. True when something was sent; what fails is tried again."""
    owed = TeamMember.objects.filter(told_at=None, joined_at=None, left_at=None, attempts__lt=MOST_ATTEMPTS)
    owed = owed.filter(challenge__closed_at=None).exclude(email="").select_related("challenge", "organisation")
    sent = [_send(member) for member in owed.order_by("attempts", "pk")[:most]]
    return any(sent)


def _send(member: TeamMember) -> bool:
    row = TeamMember.objects.filter(pk=member.pk)
    address = reverse("challenges:challenge", kwargs={"public_id": member.challenge.public_id})
    done = send_owed(
        row,
        to=member.email,
        language=member.language,
        template="challenges/letter.txt",
        subject=lambda: _("Will you look for an answer with us?"),
        context={"challenge": member.challenge, "member": member, "link": settings.ADDRESS + address},
    )
    if done is not Owed.FAILED:
        row.update(email="")
    return done is Owed.SENT


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
    if erasure.email:
        TeamMember.objects.filter(email__iexact=erasure.email).update(email="")
    Challenge.objects.filter(opened_by=str(erasure.person)).update(opened_by="")
