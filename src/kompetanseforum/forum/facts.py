"""What can happen to the forum itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact
from kompetanseforum.forum.models import Role


@dataclass(frozen=True, slots=True)
class ForumChanged(Fact):
    """`fields` are the names of what is otherwise now, parted by spaces."""

    says = _("Changed the forum's settings")

    fields: str


@dataclass(frozen=True, slots=True)
class CoordinatorCameIn(Fact):
    says = _("Came in as coordinator by the first-start link")

    person: Ref


@dataclass(frozen=True, slots=True)
class RoleGiven(Fact):
    says = _("Gave somebody a role")
    details = {"role": dict(Role.choices)}

    person: Ref
    role: str


@dataclass(frozen=True, slots=True)
class RoleTaken(Fact):
    says = _("Took a role from somebody")
    details = {"role": dict(Role.choices)}

    person: Ref
    role: str


@dataclass(frozen=True, slots=True)
class DutyChanged(Fact):
    """This person answers from now on when nobody else has taken it on."""

    says = _("Put somebody on duty")

    person: Ref


@dataclass(frozen=True, slots=True)
class InvitationMade(Fact):
    says = _("Invited somebody")
    details = {"role": dict(Role.choices)}

    invitation: Ref
    role: str


@dataclass(frozen=True, slots=True)
class InvitationUsed(Fact):
    says = _("Came by an invitation")

    invitation: Ref
    person: Ref


@dataclass(frozen=True, slots=True)
class InvitationRevoked(Fact):
    says = _("Took back an invitation")

    invitation: Ref


@dataclass(frozen=True, slots=True)
class CycleStarted(Fact):
    says = _("Started a new period")

    cycle: Ref


@dataclass(frozen=True, slots=True)
class CycleChanged(Fact):
    says = _("Changed a period")

    cycle: Ref


@dataclass(frozen=True, slots=True)
class CycleEnded(Fact):
    says = _("Ended a period")

    cycle: Ref
