"""Which part of the map is looked at. Every choice stands in the address, so a cut can be kept and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from kompetanse.gap import Selection, Verdict
from kompetanseforum.codes.models import MajorGroup
from kompetanseforum.needs.models import Horizon
from kompetanseforum.organisations.models import Sector

# Fewer people than this in a small cell point at somebody.
FEWEST_SHOWN = 5
ALL_HORIZONS = "alle"
_SHOWN = {"ingen-underviser": Verdict.ASKED_BUT_NOT_TAUGHT, "ingen-spor": Verdict.TAUGHT_BUT_NOT_ASKED}


@dataclass(frozen=True, slots=True)
class Cut:
    """`horizon` is one of needs' or `alle`. `by_group` ranks groups of skills; `shown` keeps one verdict only."""

    horizon: str = Horizon.NOW
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    occupation_groups: tuple[str, ...] = ()
    by_group: bool = False
    shown: str = ""
    is_all: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Cut:
        """Unknown values are left out, so an old or mistyped address still shows something."""
        horizon = query.get("nar", Horizon.NOW)
        shown = query.get("vis", "")
        return cls(
            horizon=horizon if horizon in (*Horizon.values, ALL_HORIZONS) else Horizon.NOW,
            municipalities=tuple(code for code in query.getlist("kommune") if code.isdigit() and len(code) == 4),
            sectors=_known(query.getlist("sektor"), Sector.values),
            occupation_groups=_known(query.getlist("yrke"), MajorGroup.values),
            by_group=query.get("etter") == "gruppe",
            shown=shown if shown in _SHOWN else "",
            is_all="alle" in query,
        )

    def pairs(self) -> list[tuple[str, str]]:
        found = [("nar", self.horizon)] if self.horizon != Horizon.NOW else []
        many = {"kommune": self.municipalities, "sektor": self.sectors, "yrke": self.occupation_groups}
        found += [(name, value) for name, values in many.items() for value in values]
        found += [("etter", "gruppe")] if self.by_group else []
        found += [("vis", self.shown)] if self.shown else []
        return found + ([("alle", "1")] if self.is_all else [])

    @property
    def query(self) -> str:
        """With its question mark; empty for the map as it opens."""
        pairs = self.pairs()
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def part(self) -> Cut:
        """The same people and places, whatever is ranked and shown of them."""
        return replace(self, by_group=False, shown="", is_all=False)

    @property
    def selection(self) -> Selection:
        return Selection(
            horizons=frozenset() if self.horizon == ALL_HORIZONS else frozenset({str(self.horizon)}),
            sectors=frozenset(self.sectors),
            municipalities=frozenset(self.municipalities),
            occupation_groups=frozenset(self.occupation_groups),
        )

    @property
    def verdict(self) -> Verdict | None:
        return _SHOWN.get(self.shown)

    @property
    def filter_count(self) -> int:
        return len(self.municipalities) + len(self.sectors) + len(self.occupation_groups) + bool(self.shown)

    @property
    def is_small_cell(self) -> bool:
        """A municipality, and a part of it: small enough to point at somebody."""
        return bool(self.municipalities and (self.sectors or self.occupation_groups))

    def hides(self, people: int) -> bool:
        return self.is_small_cell and 0 < people < FEWEST_SHOWN


def _known(values: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in allowed if value in values)


def few(number: int) -> str:
    """Below five is told as that; nothing is a dash."""
    return "–" if number == 0 else f"<{FEWEST_SHOWN}" if number < FEWEST_SHOWN else str(number)
