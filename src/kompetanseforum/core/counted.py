"""Counts that many ask for and few change: kept until something happens in the forum."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

from kompetanseforum.core import clock
from kompetanseforum.core.facts import newest_fact

# On PostgreSQL a fact with a lower number may be kept after one with a higher; so long may a count lag behind it.
SECONDS_KEPT = 60

CountT = TypeVar("CountT")


def until_next_fact(question: str, count: Callable[[], CountT]) -> CountT:
    """What `count` gives, from memory when the same was asked a moment ago and nothing has happened since.

    `question` names all that the count depends on besides the tables and the day: filters, language, who asks.
    Inside a transaction it is counted anew: what is not yet kept for good must not stay in memory.
    """
    if connection.in_atomic_block:
        return count()
    moment = f"{newest_fact()}:{clock.today()}:{question}"
    key = "counted:" + blake2b(moment.encode("utf-8", "replace"), digest_size=16).hexdigest()
    known: CountT | None = cache.get(key)
    if known is None:
        known = count()
        cache.set(key, known, timeout=SECONDS_KEPT)
    return known
