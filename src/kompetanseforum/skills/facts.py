"""What can happen to skills: somebody judges a link, a new version of ESCO comes in."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class LinkJudged(Fact):
    link: Ref
    whole: Ref


@dataclass(frozen=True, slots=True)
class EscoImported(Fact):
    version: str
