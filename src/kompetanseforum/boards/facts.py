"""What can happen with a board as a whole. Operations on notes are no facts: they have a log of their own."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class BoardOpened(Fact):
    says = _("Opened a board")
    only_adds = True

    board: Ref


@dataclass(frozen=True, slots=True)
class BoardEnded(Fact):
    says = _("Ended a board")

    board: Ref


@dataclass(frozen=True, slots=True)
class VoteClosed(Fact):
    says = _("Closed a vote on a board")

    board: Ref


@dataclass(frozen=True, slots=True)
class TextUsed(Fact):
    says = _("Used a text that was written together")

    board: Ref
    thing: Ref


@dataclass(frozen=True, slots=True)
class NotesBecameNeed(Fact):
    says = _("Made notes on a board into a need")
    only_adds = True

    board: Ref
    need: Ref
