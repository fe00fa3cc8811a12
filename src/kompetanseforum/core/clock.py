"""What time it is: the only place that asks the machine, so that two years can pass in a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The date where the forum is."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside the block it is `moment`."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
