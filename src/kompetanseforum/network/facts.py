"""What can happen between those who are in the forum. A no is no fact: it is nobody's business but theirs."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class CardChanged(Fact):
    card: Ref


@dataclass(frozen=True, slots=True)
class TalkAsked(Fact):
    talk: Ref


@dataclass(frozen=True, slots=True)
class TalkAgreed(Fact):
    talk: Ref
