"""What can happen to a pilot."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact
from kompetanseforum.pilots.models import Decision


@dataclass(frozen=True, slots=True)
class PilotStarted(Fact):
    says = _("Started a pilot")
    only_adds = True

    pilot: Ref


@dataclass(frozen=True, slots=True)
class PilotChanged(Fact):
    says = _("Changed a pilot")

    pilot: Ref


@dataclass(frozen=True, slots=True)
class PilotLogged(Fact):
    says = _("Wrote in a pilot's log")
    only_adds = True

    pilot: Ref


@dataclass(frozen=True, slots=True)
class PilotTaught(Fact):
    """Something was learnt that others can use."""

    says = _("Wrote down what was learnt")
    only_adds = True

    pilot: Ref


@dataclass(frozen=True, slots=True)
class PilotDecided(Fact):
    says = _("Decided what becomes of a pilot")
    only_adds = True
    details = {"decision": dict(Decision.choices)}

    pilot: Ref
    decision: str
