"""What can happen to a file that is brought in, and to an address that is read by itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class BatchBroughtIn(Fact):
    says = _("Brought in a file")

    batch: Ref


@dataclass(frozen=True, slots=True)
class BatchUndone(Fact):
    says = _("Undid a file that was brought in")

    batch: Ref


@dataclass(frozen=True, slots=True)
class FeedAdded(Fact):
    says = _("Gave an address to be read by itself")

    feed: Ref


@dataclass(frozen=True, slots=True)
class FeedRead(Fact):
    says = _("An address was read")

    feed: Ref
    state: str
