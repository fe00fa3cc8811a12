"""What can happen to people and to the ways they sign in."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class PersonJoined(Fact):
    """Came in openly, by a code or another service; who is invited has a fact of its own."""

    person: Ref


@dataclass(frozen=True, slots=True)
class PersonSignedIn(Fact):
    """`way`: code, passkey, start_link, invitation, demo, or the other service's name."""

    person: Ref
    way: str


@dataclass(frozen=True, slots=True)
class ProfileChanged(Fact):
    person: Ref


@dataclass(frozen=True, slots=True)
class EmailConfirmed(Fact):
    person: Ref


@dataclass(frozen=True, slots=True)
class PasskeyAdded(Fact):
    person: Ref


@dataclass(frozen=True, slots=True)
class PasskeyRemoved(Fact):
    person: Ref


@dataclass(frozen=True, slots=True)
class IdentityLinked(Fact):
    person: Ref
    provider: str


@dataclass(frozen=True, slots=True)
class SessionsEnded(Fact):
    person: Ref


@dataclass(frozen=True, slots=True)
class PersonErased(Fact):
    """Somebody was here and is not any more; nothing says who."""
