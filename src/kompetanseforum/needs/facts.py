"""What can happen to a need."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact
from kompetanseforum.needs.models import State


@dataclass(frozen=True, slots=True)
class NeedVoiced(Fact):
    says = _("Voiced a need")
    only_adds = True

    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class VoiceAdded(Fact):
    says = _("Stood behind a need")
    only_adds = True

    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class VoiceChanged(Fact):
    says = _("Changed a voice")

    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class VoiceWithdrawn(Fact):
    says = _("Withdrew a voice")

    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class NeedAnswered(Fact):
    says = _("Answered a need")
    only_adds = True
    details = {"state": dict(State.choices)}

    need: Ref
    state: str


@dataclass(frozen=True, slots=True)
class NeedTaken(Fact):
    """Another person answers from now on; nothing else is new, so nobody is told."""

    says = _("Took on a need")
    only_adds = True

    need: Ref


@dataclass(frozen=True, slots=True)
class VoiceSaidIfHelped(Fact):
    says = _("Said whether it helped")
    only_adds = True

    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class NeedsMerged(Fact):
    """They were found to be the same; the voices of `merged` stand behind `kept`."""

    says = _("Merged two needs")

    kept: Ref
    merged: Ref


@dataclass(frozen=True, slots=True)
class NeedsParted(Fact):
    """They are two again."""

    says = _("Parted two needs again")

    kept: Ref
    merged: Ref


@dataclass(frozen=True, slots=True)
class VoiceMoved(Fact):
    says = _("Moved a voice to another need")

    voice: Ref
    source: Ref
    need: Ref


@dataclass(frozen=True, slots=True)
class NeedHeld(Fact):
    says = _("Held a need until somebody has looked")

    need: Ref


@dataclass(frozen=True, slots=True)
class NeedReleased(Fact):
    says = _("Let a need through")
    only_adds = True

    need: Ref
