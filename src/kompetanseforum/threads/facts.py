"""What can happen to a thread."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class ThingsTied(Fact):
    says = _("Tied two things together in a thread")
    only_adds = True

    upstream: Ref
    downstream: Ref
    relation: str


@dataclass(frozen=True, slots=True)
class ThingsUntied(Fact):
    says = _("Took a tie in a thread back")

    upstream: Ref
    downstream: Ref
    relation: str
