"""What can happen to people and to the ways they sign in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact

WAYS = {
    "code": _("with a code by e-mail"),
    "passkey": _("with a passkey"),
    "start_link": _("with the first-start link"),
    "invitation": _("by an invitation"),
    "demo": _("as somebody made up, in a demo forum"),
    "feide": _("with Feide"),
    "idporten": _("with ID-porten"),
    "ansattporten": _("with Ansattporten"),
    "oidc": _("with another service"),
}


@dataclass(frozen=True, slots=True)
class PersonJoined(Fact):
    """Came in openly, by a code or another service; who is invited has a fact of its own."""

    says = _("Joined the forum")
    only_adds = True

    person: Ref


@dataclass(frozen=True, slots=True)
class PersonSignedIn(Fact):
    """`way`: code, passkey, start_link, invitation, demo, or the other service's name."""

    says = _("Signed in")
    only_adds = True
    details = {"way": WAYS}

    person: Ref
    way: str


@dataclass(frozen=True, slots=True)
class ProfileChanged(Fact):
    says = _("Changed their profile")

    person: Ref


@dataclass(frozen=True, slots=True)
class EmailConfirmed(Fact):
    says = _("Confirmed an e-mail address")
    only_adds = True

    person: Ref


@dataclass(frozen=True, slots=True)
class PasskeyAdded(Fact):
    says = _("Added a passkey")
    only_adds = True

    person: Ref


@dataclass(frozen=True, slots=True)
class PasskeyRemoved(Fact):
    says = _("Removed a passkey")

    person: Ref


@dataclass(frozen=True, slots=True)
class IdentityLinked(Fact):
    says = _("Linked another way to sign in")
    only_adds = True
    details = {"provider": {}}

    person: Ref
    provider: str


@dataclass(frozen=True, slots=True)
class SessionEnded(Fact):
    says = _("Signed out on another device")

    person: Ref


@dataclass(frozen=True, slots=True)
class PersonSignedOut(Fact):
    """By a coordinator, on all devices."""

    says = _("Signed somebody out on all devices")

    person: Ref


@dataclass(frozen=True, slots=True)
class PasskeysTaken(Fact):
    """All of them, by a coordinator: they were lost."""

    says = _("Took away the lost passkeys of somebody")

    person: Ref


@dataclass(frozen=True, slots=True)
class SessionsEnded(Fact):
    says = _("Signed out on all other devices")

    person: Ref


@dataclass(frozen=True, slots=True)
class PersonErased(Fact):
    """Somebody was here and is not any more; nothing says who."""

    says = _("Erased themselves")
