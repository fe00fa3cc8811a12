"""Reads: addresses that are read again and again."""

from __future__ import annotations

from kompetanseforum.core import clock
from kompetanseforum.intake.models import Feed


def feeds() -> list[Feed]:
    return list(Feed.objects.filter(is_on=True))


def feed_by_id(public_id: str) -> Feed | None:
    return Feed.objects.filter(public_id=public_id).first()


def feeds_due() -> list[Feed]:
    return list(Feed.objects.filter(is_on=True, next_at__lte=clock.now())[:20])
