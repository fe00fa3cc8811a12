"""What can happen to an organisation."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class RegisterBroughtIn(Fact):
    """One half of Enhetsregisteret is brought up to date."""

    registerimport: Ref


@dataclass(frozen=True, slots=True)
class OrganisationPurged(Fact):
    """The register took it away for good, and what we had copied went too."""

    organisation: Ref


@dataclass(frozen=True, slots=True)
class OrganisationPresented(Fact):
    """What it says of itself, or whether it wants to be found, has changed."""

    organisation: Ref


@dataclass(frozen=True, slots=True)
class RepresentationAsked(Fact):
    organisation: Ref
    representation: Ref


@dataclass(frozen=True, slots=True)
class RepresentationConfirmed(Fact):
    organisation: Ref
    representation: Ref


@dataclass(frozen=True, slots=True)
class RepresentationEnded(Fact):
    organisation: Ref
    representation: Ref


@dataclass(frozen=True, slots=True)
class ContactNoted(Fact):
    organisation: Ref
    contact: Ref
