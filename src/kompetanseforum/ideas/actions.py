"""Writes: an idea is said, let through, withdrawn, and becomes something."""

from __future__ import annotations

from django.db import transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure, thread_steps
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.ideas.facts import IdeaReleased, IdeaSaid, IdeaWithdrawn
from kompetanseforum.ideas.models import Idea
from kompetanseforum.ideas.queries import idea_by_sending_key
from kompetanseforum.needs.models import HeldReason, Need
from kompetanseforum.needs.rules import without_phone_numbers
from kompetanseforum.threads.actions import tie


def say_idea(
    *,
    words: str,
    language: str,
    by: Viewer,
    held_reason: HeldReason | None = None,
    sending_key: str = "",
    raised_in: Ref | None = None,
) -> Idea:
    """`raised_in`: where it came up, when the one who says it may see that. The same form again gives the same idea."""
    if sending_key and (known := idea_by_sending_key(sending_key)):
        return known
    with transaction.atomic():
        idea = Idea.objects.create(
            words=words.strip(),
            language=language,
            by=str(by.person or ""),
            had_at=clock.now(),
            held_reason=held_reason or "",
            sending_key=sending_key or None,
        )
        if raised_in is not None and thread_steps(by, [raised_in]):
            tie(upstream=raised_in, downstream=ref(idea), relation=Relation.RAISED_IN, by=by)
        publish(IdeaSaid(idea=ref(idea)), by=by.actor, about=ref(idea))
    return idea


def release_idea(idea: Idea, *, by: Viewer) -> None:
    """Others may see it; phone numbers are taken out first when that was the reason."""
    with transaction.atomic():
        if idea.held_reason == HeldReason.PHONE_NUMBER:
            idea.words = without_phone_numbers(idea.words)
        idea.held_reason = ""
        idea.save(update_fields=["words", "held_reason"])
        publish(IdeaReleased(idea=ref(idea)), by=by.actor, about=ref(idea))


def withdraw_idea(idea: Idea, *, by: Viewer) -> None:
    """Its words go; what it led to still says that there was an idea."""
    if idea.withdrawn_at is not None:
        return
    with transaction.atomic():
        idea.withdrawn_at, idea.words = clock.now(), ""
        idea.save(update_fields=["withdrawn_at", "words"])
        publish(IdeaWithdrawn(idea=ref(idea)), by=by.actor, about=ref(idea))


def became_need(idea: Idea, *, need: Need, by: Viewer) -> None:
    """Raises threads.actions.WouldLoop."""
    tie(upstream=ref(idea), downstream=ref(need), relation=Relation.BECAME, by=by)


def forget_person(erasure: Erasure) -> None:
    """The words go when the person wants what was said to go; else they stay without a name."""
    rows = Idea.objects.filter(by=str(erasure.person))
    if erasure.withdraws_voices:
        rows.filter(withdrawn_at=None).update(withdrawn_at=clock.now(), words="")
    rows.update(by="")
