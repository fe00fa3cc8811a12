"""What can happen to an organisation."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class RegisterBroughtIn(Fact):
    """One half of Enhetsregisteret is brought up to date."""

    says = _("Brought the register up to date")

    registerimport: Ref


@dataclass(frozen=True, slots=True)
class OrganisationPurged(Fact):
    """The register took it away for good, and what we had copied went too."""

    says = _("Took away an organisation that the register had taken away")

    organisation: Ref


@dataclass(frozen=True, slots=True)
class OrganisationPresented(Fact):
    """What it says of itself, or whether it wants to be found, has changed."""

    says = _("Changed what an organisation says of itself")

    organisation: Ref


@dataclass(frozen=True, slots=True)
class RepresentationAsked(Fact):
    says = _("Asked to speak for an organisation")

    organisation: Ref
    representation: Ref


@dataclass(frozen=True, slots=True)
class RepresentationConfirmed(Fact):
    says = _("Confirmed who speaks for an organisation")

    organisation: Ref
    representation: Ref


@dataclass(frozen=True, slots=True)
class RepresentationEnded(Fact):
    says = _("Ended that somebody speaks for an organisation")

    organisation: Ref
    representation: Ref


@dataclass(frozen=True, slots=True)
class ContactNoted(Fact):
    says = _("Noted a talk with an organisation")

    organisation: Ref
    contact: Ref


@dataclass(frozen=True, slots=True)
class CycleMemberTakenIn(Fact):
    says = _("Said who takes part in a period")

    cycle: Ref
    member: Ref


@dataclass(frozen=True, slots=True)
class CycleMemberTakenOut(Fact):
    says = _("Took somebody out of a period")

    cycle: Ref
    member: Ref


@dataclass(frozen=True, slots=True)
class OrganisationsJoined(Fact):
    """Two rows were one organisation; what was the joined one's stands with the kept one now."""

    says = _("Said that two organisations are one")

    kept: Ref
    joined: Ref


@dataclass(frozen=True, slots=True)
class OrganisationsParted(Fact):
    says = _("Said that two organisations are two after all")

    kept: Ref
    joined: Ref
