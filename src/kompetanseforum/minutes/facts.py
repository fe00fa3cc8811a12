"""What can happen to minutes. What a sentence becomes is told by needs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class MinutesBroughtIn(Fact):
    says = _("Brought in minutes")

    minutes: Ref


@dataclass(frozen=True, slots=True)
class MinutesDeleted(Fact):
    says = _("Deleted minutes")

    minutes: Ref
