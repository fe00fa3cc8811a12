"""What can happen between those who are in the forum. A no is no fact: it is nobody's business but theirs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class CardChanged(Fact):
    says = _("Changed what they want to be found by")

    card: Ref


@dataclass(frozen=True, slots=True)
class TalkAsked(Fact):
    says = _("Asked for a talk")

    talk: Ref


@dataclass(frozen=True, slots=True)
class TalkAgreed(Fact):
    says = _("Agreed to a talk")

    talk: Ref
