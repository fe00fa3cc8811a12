"""What the worker does: check a file that somebody has sent, bring in what is in it, and read addresses when it is time."""

from __future__ import annotations

from django_tasks import task

from kompetanseforum.core.outgoing import OutgoingError, Stamp
from kompetanseforum.intake import imports
from kompetanseforum.intake.actions import claim_feed, forget_batch, note_failed, note_read
from kompetanseforum.intake.clients import FeedClient, feed_client
from kompetanseforum.intake.models import Batch, BatchState, Feed
from kompetanseforum.intake.queries import feed_by_id, feeds_due


@task()
def check_batch(public_id: str) -> None:
    imports.check_batch(public_id)


@task()
def bring_in_batch(public_id: str) -> None:
    imports.bring_in_batch(public_id)


@task()
def read_feed(public_id: str) -> None:
    feed = feed_by_id(public_id)
    if feed is not None and feed.is_on:
        read_now(feed, client=feed_client(feed.address))


def read_what_is_due() -> bool:
    """The worker looks again and again."""
    return sum(claim_feed(feed, enqueue=read_feed.enqueue) for feed in feeds_due()) > 0


def read_now(feed: Feed, *, client: FeedClient) -> Batch | None:
    """The file that came of it; None where there was nothing new, or no answer."""
    known = Stamp(etag=feed.etag, modified=feed.modified)
    try:
        answer = client.read(known=known)
    except OutgoingError as error:
        note_failed(feed, problem=type(error).__name__, detail=error.host)
        return None
    if answer.is_unchanged:
        note_read(feed, is_changed=False, stamp=known)
        return None
    batch = imports.receive_from_feed(feed, content=answer.body, file_name=client.file_name)
    if batch.state != BatchState.DONE:
        _row, _column, code, detail = batch.problems[0] if batch.problems else (0, "", batch.state, "")
        note_failed(feed, problem=code, detail=detail)
        return batch
    is_changed = any(batch.counts.get(name) for name in ("new", "joined", "changed", "missing"))
    note_read(feed, is_changed=is_changed, stamp=answer.stamp)
    if not is_changed:
        forget_batch(batch)
        return None
    return batch
