"""What can happen to the forum itself."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class ForumChanged(Fact):
    """`fields` are the names of what is otherwise now, parted by spaces."""

    fields: str


@dataclass(frozen=True, slots=True)
class CoordinatorCameIn(Fact):
    person: Ref


@dataclass(frozen=True, slots=True)
class RoleGiven(Fact):
    person: Ref
    role: str


@dataclass(frozen=True, slots=True)
class RoleTaken(Fact):
    person: Ref
    role: str


@dataclass(frozen=True, slots=True)
class DutyChanged(Fact):
    """This person answers from now on when nobody else has taken it on."""

    person: Ref


@dataclass(frozen=True, slots=True)
class InvitationMade(Fact):
    invitation: Ref
    role: str


@dataclass(frozen=True, slots=True)
class InvitationUsed(Fact):
    invitation: Ref
    person: Ref


@dataclass(frozen=True, slots=True)
class InvitationRevoked(Fact):
    invitation: Ref
