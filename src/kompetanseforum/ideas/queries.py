"""Reads: ideas as the one who asks may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from kompetanse.refs import Ref
from kompetanseforum.ideas.models import Idea


def open_ideas() -> QuerySet[Idea]:
    """What everybody may see, the newest first."""
    return Idea.objects.filter(held_reason="", withdrawn_at=None).order_by("-had_at", "-pk")


def held_ideas() -> QuerySet[Idea]:
    return Idea.objects.filter(withdrawn_at=None).exclude(held_reason="").order_by("had_at")


def idea_by_id(public_id: str) -> Idea | None:
    return Idea.objects.filter(public_id=public_id).first()


def ideas_by_id(public_ids: Sequence[str]) -> dict[str, Idea]:
    return {idea.public_id: idea for idea in Idea.objects.filter(public_id__in=public_ids)}


def idea_by_sending_key(key: str) -> Idea | None:
    return Idea.objects.filter(sending_key=key).first()


def ideas_by(person: Ref) -> list[Idea]:
    return list(Idea.objects.filter(by=str(person)).order_by("had_at"))
