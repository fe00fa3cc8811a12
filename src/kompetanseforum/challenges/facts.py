"""What can happen to a challenge."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class ChallengeOpened(Fact):
    says = _("Opened a challenge")
    only_adds = True

    challenge: Ref


@dataclass(frozen=True, slots=True)
class ChallengeChanged(Fact):
    says = _("Changed a challenge")

    challenge: Ref


@dataclass(frozen=True, slots=True)
class ChallengeClosed(Fact):
    says = _("Closed a challenge")

    challenge: Ref


@dataclass(frozen=True, slots=True)
class TeamInvited(Fact):
    says = _("Invited somebody to a challenge")
    only_adds = True

    challenge: Ref


@dataclass(frozen=True, slots=True)
class TeamJoined(Fact):
    says = _("Joined a challenge")
    only_adds = True

    challenge: Ref


@dataclass(frozen=True, slots=True)
class TeamLeft(Fact):
    says = _("Left a challenge")

    challenge: Ref
