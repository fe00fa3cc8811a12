"""What time it is: the only place that asks the machine, so that two years can pass in a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

# Clocks of two machines differ a little.
_MARGIN = timedelta(hours=1)
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The date where the forum is."""
    return timezone.localtime(now()).date()


def is_due(field: str, *, longest: timedelta) -> Q:
    """It is time by the moment in `field`, which is never set further ahead than `longest`: what is, was set by a clock
    that was wrong, and must not wait until it would have been right.
    """
    moment = now()
    return Q(**{f"{field}__lte": moment}) | Q(**{f"{field}__gt": moment + longest + _MARGIN})


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside the block it is `moment`. In UTC like any other: a day is not an hour shorter where the clocks are put forward."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
