"""What can happen to an idea."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class IdeaSaid(Fact):
    says = _("Said an idea")
    only_adds = True

    idea: Ref


@dataclass(frozen=True, slots=True)
class IdeaReleased(Fact):
    says = _("Let an idea through")
    only_adds = True

    idea: Ref


@dataclass(frozen=True, slots=True)
class IdeaWithdrawn(Fact):
    says = _("Withdrew an idea")

    idea: Ref
