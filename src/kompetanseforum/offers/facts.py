"""What can happen to an offer. Whether it is held, ended or counted stands in its row."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class OfferRegistered(Fact):
    offer: Ref


@dataclass(frozen=True, slots=True)
class OfferChanged(Fact):
    """Its content is another, or it was released after a look."""

    offer: Ref


@dataclass(frozen=True, slots=True)
class OfferEnded(Fact):
    offer: Ref
