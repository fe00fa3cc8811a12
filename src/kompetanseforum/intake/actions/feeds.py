"""Writes: addresses that are read again and again, and how the last reading went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.outgoing import Stamp
from kompetanseforum.core.refs import ref
from kompetanseforum.intake.facts import FeedAdded, FeedRead
from kompetanseforum.intake.models import Feed, FeedState

# One that failed is tried again the next day, however seldom it is read.
_AFTER_A_FAILURE = timedelta(days=1)
# A job that was lost on its way is put in the queue again.
_WHILE_IT_IS_READ = timedelta(hours=2)

Enqueue = Callable[[str], object]


def add_feed(*, intake: str, name: str, address: str, every_days: int, by: Ref | None, enqueue: Enqueue) -> Feed:
    """Read at once, and then as often as is said. An address that is known is brought up to date."""
    now = clock.now()
    with transaction.atomic():
        feed, is_new = Feed.objects.get_or_create(
            intake=intake,
            address=address,
            defaults={"name": name, "every_days": every_days, "next_at": now, "by": str(by or ""), "added_at": now},
        )
        feed.name, feed.every_days, feed.is_on = name, every_days, True
        feed.next_at = now + _WHILE_IT_IS_READ
        feed.save()
        if is_new:
            publish(FeedAdded(feed=ref(feed)), by=by, about=ref(feed))
        enqueue(feed.public_id)
    return feed


def stop_feed(feed: Feed) -> None:
    """It is read no more; what it brought stays."""
    Feed.objects.filter(pk=feed.pk).update(is_on=False)


def claim_feed(feed: Feed, *, enqueue: Enqueue) -> bool:
    """Put its reading in the queue. False when another worker, or a person, did it first."""
    with transaction.atomic():
        due = Feed.objects.filter(pk=feed.pk, next_at=feed.next_at, is_on=True)
        if not due.update(next_at=clock.now() + _WHILE_IT_IS_READ):
            return False
        enqueue(feed.public_id)
    return True


def note_read(feed: Feed, *, is_changed: bool, stamp: Stamp) -> None:
    state = FeedState.CHANGED if is_changed else FeedState.UNCHANGED
    _note(
        feed,
        state=state,
        next_in=timedelta(days=feed.every_days),
        fresh_at=clock.now(),
        etag=stamp.etag[:200],
        modified=stamp.modified[:100],
        problem="",
        problem_detail="",
    )


def note_failed(feed: Feed, *, problem: str, detail: str) -> None:
    _note(
        feed,
        state=FeedState.FAILED,
        next_in=min(_AFTER_A_FAILURE, timedelta(days=feed.every_days)),
        problem=problem[:40],
        problem_detail=detail[:200],
    )


def _note(feed: Feed, *, state: FeedState, next_in: timedelta, **values: object) -> None:
    now = clock.now()
    with transaction.atomic():
        Feed.objects.filter(pk=feed.pk).update(state=state, last_at=now, next_at=now + next_in, **values)
        publish(FeedRead(feed=ref(feed), state=state), by=None, about=ref(feed))
