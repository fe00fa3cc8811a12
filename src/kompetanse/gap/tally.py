"""What a selection adds up to, kept: a need or an offer that changes is taken out as it was and put in as it is.

Nothing is counted together across needs or offers, but for a voice that several needs have had (they were merged); such
needs are taken out and put in together. So all else adds up as before, and a change costs what it touches, however
much there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, get_args

import numpy as np

from kompetanse.gap.columns import Columns, Ints, Rows, moment
from kompetanse.gap.gaps import Gap, Totals
from kompetanse.gap.ledger import Ledger
from kompetanse.gap.lines import Dimension, Groups, Selection, month_before
from kompetanse.gap.sums import UNKNOWN, Figures, Told, Units, added, count_demand, count_supply, people_in

# A change of so much of the whole is counted anew.
_MOST_TOUCHED: Final = 0.1
_DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)


class _Moments(NamedTuple):
    now: int
    # A month ago.
    before: int

    @classmethod
    def of(cls, at: datetime) -> _Moments:
        return cls(moment(at), moment(month_before(at)))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Rows of whole needs and of whole offers."""

    demand: Rows
    supply: Rows


@dataclass(frozen=True, slots=True)
class Sums:
    """All that is told of a selection, as numbers that add up over needs and offers."""

    now: Figures
    before: Figures
    # People, voices, needs, places and offers, each once whatever it names.
    whole: Ints
    # Lines per skill.
    asked: Ints
    taught: Ints
    # People per part.
    people: Mapping[Dimension, Ints]

    def plus(self, other: Sums) -> Sums:
        return Sums(
            now=Figures(added(self.now.table, other.now.table)),
            before=Figures(added(self.before.table, other.before.table)),
            whole=self.whole + other.whole,
            asked=added(self.asked, other.asked),
            taught=added(self.taught, other.taught),
            people={part: added(people, other.people[part]) for part, people in self.people.items()},
        )

    def negative(self) -> Sums:
        return Sums(
            now=Figures(-self.now.table),
            before=Figures(-self.before.table),
            whole=-self.whole,
            asked=-self.asked,
            taught=-self.taught,
            people={part: -people for part, people in self.people.items()},
        )


class Tally:
    """The sums of one selection by one kind of unit, at the moment that was last asked about."""

    def __init__(self, ledger: Ledger, selection: Selection, groups: Groups | None) -> None:
        self._ledger = ledger
        self._selection = selection
        # Kept, so that no other groups get their identity.
        self.groups = groups
        self._units = Units.of(ledger.codes["skill"], groups)
        self._moments: _Moments | None = None
        self._seen = (0, 0)
        self._sums: Sums | None = None
        self._told = Told()

    def gaps(self, at: datetime) -> list[Gap]:
        sums = self._at(at)
        return self._told.gaps(sums.now.ranked(units=self._units), sums.now, sums.before, units=self._units)

    def gap(self, key: str, at: datetime) -> Gap | None:
        sums, unit = self._at(at), self._units.codes.known(key)
        if unit is None or not (sums.now.column("voices")[unit] or sums.now.column("offers")[unit]):
            return None
        return self._told.gaps(np.array([unit]), sums.now, sums.before, units=self._units)[0]

    def totals(self, at: datetime) -> Totals:
        sums = self._at(at)
        people, voices, needs, places, offers = sums.whole.tolist()
        return Totals(
            people=people,
            voices=voices,
            needs=needs,
            places=places,
            offers=offers,
            skills_asked=int(np.count_nonzero(sums.asked)),
            skills_taught=int(np.count_nonzero(sums.taught)),
        )

    def people_by(self, dimension: Dimension, at: datetime) -> dict[str, int]:
        sums = self._at(at)
        texts = self._ledger.codes[dimension].texts
        return {texts[part]: int(people) for part, people in enumerate(sums.people[dimension]) if people}

    def _at(self, at: datetime) -> Sums:
        skills = self._ledger.codes["skill"]
        if len(self._units.all_skills) != len(skills.texts):
            # New skills come last, and so do their groups: those that are known keep their numbers.
            self._units = Units.of(skills, self.groups)
        moments, seen = _Moments.of(at), (self._ledger.demand.changes, self._ledger.supply.changes)
        if self._sums is None or self._moments is None:
            self._sums = self._counted_whole(moments)
        elif (moments, seen) != (self._moments, self._seen):
            self._sums = self._brought_up(self._sums, self._moments, moments)
        self._moments, self._seen = moments, seen
        return self._sums

    def _counted_whole(self, moments: _Moments) -> Sums:
        return self._counted(_Lines(self._ledger.demand.rows, self._ledger.supply.rows), moments)

    def _brought_up(self, sums: Sums, were: _Moments, are: _Moments) -> Sums:
        needs, offers = self._ledger.demand.before(self._seen[0]), self._ledger.supply.before(self._seen[1])
        if needs is None or offers is None:
            return self._counted_whole(are)
        demand, supply = self._ledger.demand, self._ledger.supply
        touched = self._ledger.counted_together({*needs, *_turned(demand, were, are)})
        taught = {*offers, *_turned(supply, were, are)}
        if not (touched or taught):
            return sums
        if self._is_much(touched, of="need") or self._is_much(taught, of="offer"):
            return self._counted_whole(are)
        old = _Lines(demand.of_owners(touched, needs), supply.of_owners(taught, offers))
        new = _Lines(demand.of_owners(touched), supply.of_owners(taught))
        return sums.plus(self._counted(old, were).negative()).plus(self._counted(new, are))

    def _is_much(self, touched: set[int], *, of: str) -> bool:
        return len(touched) > 10 + _MOST_TOUCHED * len(self._ledger.codes[of].texts)

    def _counted(self, lines: _Lines, moments: _Moments) -> Sums:
        ledger, units = self._ledger, self._units
        asked = ledger.asked(lines.demand, self._selection, at=moments.now)
        taught = ledger.taught(lines.supply, self._selection, at=moments.now)
        voices = count_demand(units.as_one(), asked)
        offers = count_supply(units.as_one(), taught)
        return Sums(
            now=self._figures(asked, taught),
            before=self._figures(
                ledger.asked(lines.demand, self._selection, at=moments.before),
                ledger.taught(lines.supply, self._selection, at=moments.before),
            ),
            whole=np.array(
                [
                    voices.people.sum(),
                    len(voices.voice),
                    len(voices.of_needs),
                    offers.places[offers.places != UNKNOWN].sum(),
                    len(offers.offer),
                ]
            ),
            asked=np.bincount(asked.column("skill")),
            taught=np.bincount(taught.column("skill")),
            people={dimension: people_in(asked, dimension) for dimension in _DIMENSIONS},
        )

    def _figures(self, asked: Rows, taught: Rows) -> Figures:
        units = self._units
        return Figures.of(count_demand(units, asked), count_supply(units, taught), size=units.size)


def _turned(columns: Columns, were: _Moments, are: _Moments) -> set[int]:
    """Owners of which something has begun or ended since, now or a month ago."""
    return {one for old, new in zip(were, are, strict=True) if old != new for one in columns.turned(old, new).tolist()}
