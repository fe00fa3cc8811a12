"""What can happen in a room where an offer is rethought."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.codesign.models import State
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class RoomOpened(Fact):
    says = _("Opened a room to rethink an offer")
    only_adds = True

    room: Ref


@dataclass(frozen=True, slots=True)
class RoomInvited(Fact):
    says = _("Invited somebody to rethink an offer")
    only_adds = True

    room: Ref


@dataclass(frozen=True, slots=True)
class RoomJoined(Fact):
    says = _("Came into a room where an offer is rethought")
    only_adds = True

    room: Ref
    participant: Ref


@dataclass(frozen=True, slots=True)
class ChangeProposed(Fact):
    says = _("Proposed a change in an offer")
    only_adds = True

    room: Ref
    change: Ref


@dataclass(frozen=True, slots=True)
class ChangeReworded(Fact):
    says = _("Worded a proposal anew")

    room: Ref
    change: Ref


@dataclass(frozen=True, slots=True)
class ChangeMoved(Fact):
    """All agree, it is tried first, it is parked, or it is proposed again."""

    says = _("Moved a proposal")
    details = {"state": dict(State.choices)}

    room: Ref
    change: Ref
    state: str


@dataclass(frozen=True, slots=True)
class ChangeRemoved(Fact):
    says = _("Took back a proposal")

    room: Ref
    change: Ref


@dataclass(frozen=True, slots=True)
class ChangeCommented(Fact):
    says = _("Said something about a proposal")
    only_adds = True

    room: Ref
    change: Ref


@dataclass(frozen=True, slots=True)
class ChangesSent(Fact):
    """What all agree on went to the educator, who decides."""

    says = _("Sent changes to the educator")
    only_adds = True

    room: Ref


@dataclass(frozen=True, slots=True)
class ChangesDecided(Fact):
    """The educator has decided: they are in the offer now."""

    says = _("Decided on changes in an offer")

    room: Ref
    offer: Ref
