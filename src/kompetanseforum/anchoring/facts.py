"""What can happen to an anchoring."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.anchoring.models import State
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class AnchoringRecorded(Fact):
    says = _("Recorded an anchoring")
    details = {"state": dict(State.choices)}

    anchoring: Ref
    state: str


@dataclass(frozen=True, slots=True)
class AnchoringChanged(Fact):
    says = _("Changed an anchoring")
    details = {"state": dict(State.choices)}

    anchoring: Ref
    state: str


@dataclass(frozen=True, slots=True)
class AnchoringRenewed(Fact):
    says = _("Renewed an anchoring")

    anchoring: Ref


@dataclass(frozen=True, slots=True)
class AnchoringLapses(Fact):
    """The contact was reminded that it lapses."""

    says = _("Reminded of an anchoring that lapses")

    anchoring: Ref
