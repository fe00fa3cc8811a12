"""What can happen to a file that is brought in."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class BatchBroughtIn(Fact):
    batch: Ref


@dataclass(frozen=True, slots=True)
class BatchUndone(Fact):
    batch: Ref


@dataclass(frozen=True, slots=True)
class FeedAdded(Fact):
    feed: Ref


@dataclass(frozen=True, slots=True)
class FeedRead(Fact):
    feed: Ref
    state: str
