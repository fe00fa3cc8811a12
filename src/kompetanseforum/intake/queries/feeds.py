"""Reads: addresses that are read again and again."""

from __future__ import annotations

from datetime import timedelta

from kompetanseforum.core import clock
from kompetanseforum.intake.models import Feed

# Between two readings.
_LONGEST = timedelta(days=31)


def feeds() -> list[Feed]:
    return list(Feed.objects.filter(is_on=True))


def feed_by_id(public_id: str) -> Feed | None:
    return Feed.objects.filter(public_id=public_id).first()


def feeds_due() -> list[Feed]:
    return list(Feed.objects.filter(clock.is_due("next_at", longest=_LONGEST), is_on=True)[:20])
