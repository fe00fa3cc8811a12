"""Addresses that are read again and again, as the page shows them: what happened last, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.core import outgoing
from kompetanseforum.core.outgoing import OutgoingError
from kompetanseforum.core.tables import Problem
from kompetanseforum.core.text import day
from kompetanseforum.intake.models import BatchState, Feed, FeedState


@dataclass(frozen=True, slots=True)
class FeedRow:
    feed: Feed
    often: str
    last: str
    next: str
    is_bad: bool


def feed_rows(feeds: Sequence[Feed]) -> list[FeedRow]:
    return [
        FeedRow(
            feed=feed,
            often=ngettext("every day", "every %(n)s days", feed.every_days) % {"n": feed.every_days},
            last=_last(feed),
            next=day(feed.next_at, with_weekday=True),
            is_bad=feed.state == FeedState.FAILED,
        )
        for feed in feeds
    ]


def _last(feed: Feed) -> str:
    if feed.last_at is None:
        return _("Not read yet")
    words = {FeedState.CHANGED: _("with news"), FeedState.UNCHANGED: _("nothing new")}
    if feed.state in words:
        return f"{day(feed.last_at)}, {words[FeedState(feed.state)]}"
    fresh = _("Last read well %(date)s.") % {"date": day(feed.fresh_at)} if feed.fresh_at else ""
    return f"{day(feed.last_at)}: {_problem(feed)} {fresh}".strip()


def _problem(feed: Feed) -> str:
    """What the door out said, or what was wrong with what came."""
    kind = getattr(outgoing, feed.problem, None)
    if isinstance(kind, type) and issubclass(kind, OutgoingError):
        return kind(feed.problem_detail).words
    if feed.problem == BatchState.MATCHING:
        return _("Its columns must be matched by a person.")
    return Problem(row=0, column="", code=feed.problem, detail=feed.problem_detail).text
