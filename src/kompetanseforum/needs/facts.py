"""What can happen to a need."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class NeedVoiced(Fact):
    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class VoiceAdded(Fact):
    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class VoiceChanged(Fact):
    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class VoiceWithdrawn(Fact):
    need: Ref
    voice: Ref


@dataclass(frozen=True, slots=True)
class NeedAnswered(Fact):
    need: Ref
    state: str


@dataclass(frozen=True, slots=True)
class NeedsMerged(Fact):
    """They were found to be the same; the voices of `merged` stand behind `kept`."""

    kept: Ref
    merged: Ref


@dataclass(frozen=True, slots=True)
class NeedsParted(Fact):
    """They are two again."""

    kept: Ref
    merged: Ref


@dataclass(frozen=True, slots=True)
class VoiceMoved(Fact):
    voice: Ref
    source: Ref
    need: Ref


@dataclass(frozen=True, slots=True)
class NeedHeld(Fact):
    need: Ref


@dataclass(frozen=True, slots=True)
class NeedReleased(Fact):
    need: Ref
