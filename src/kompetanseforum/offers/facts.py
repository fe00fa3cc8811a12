"""What can happen to an offer. Whether it is held, ended or counted stands in its row."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class OfferRegistered(Fact):
    says = _("Registered an offer")
    only_adds = True

    offer: Ref


@dataclass(frozen=True, slots=True)
class OfferChanged(Fact):
    """Its content is another, it was released after a look, or its source has it no longer."""

    says = _("Changed an offer")

    offer: Ref


@dataclass(frozen=True, slots=True)
class OfferEnded(Fact):
    says = _("Ended an offer")

    offer: Ref
