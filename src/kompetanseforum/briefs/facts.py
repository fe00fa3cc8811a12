"""What can happen to a course brief."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.briefs.models import Gift, Kind
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class BriefMade(Fact):
    says = _("Made a brief")
    only_adds = True

    brief: Ref


@dataclass(frozen=True, slots=True)
class BriefSent(Fact):
    """It went to one educator more."""

    says = _("Sent a brief to an educator")
    only_adds = True

    brief: Ref
    recipient: Ref


@dataclass(frozen=True, slots=True)
class BriefAnswered(Fact):
    says = _("Answered a brief")
    only_adds = True
    details = {"kind": dict(Kind.choices)}

    brief: Ref
    recipient: Ref
    kind: str


@dataclass(frozen=True, slots=True)
class PledgeMade(Fact):
    says = _("Said what it can put in")
    only_adds = True
    details = {"gift": dict(Gift.choices)}

    brief: Ref
    pledge: Ref
    gift: str


@dataclass(frozen=True, slots=True)
class PledgeWithdrawn(Fact):
    says = _("Took back what it could put in")

    brief: Ref
    pledge: Ref


@dataclass(frozen=True, slots=True)
class BriefClosed(Fact):
    says = _("Closed a brief")

    brief: Ref
