"""What can happen to the forum itself."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class CoordinatorCameIn(Fact):
    person: Ref
