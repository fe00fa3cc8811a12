"""Demand beside supply, held as columns: ranked in milliseconds, kept fresh need by need and offer by offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime

import numpy as np

from kompetanse.gap.columns import Codes, Columns, Flags, Ints, moment
from kompetanse.gap.contract import check_demand, check_supply
from kompetanse.gap.gaps import Behind, CountedOutcome, CountedVoice, Gap, Totals
from kompetanse.gap.lines import EVERYTHING, DemandLine, Dimension, Groups, Selection, SupplyLine, month_before
from kompetanse.gap.sums import CountedDemand, CountedSupply, Figures, Units, count_demand, count_supply

_UNKNOWN = -1
_DEMAND = (
    "skill", "need", "voice", "people", "horizon", "sector", "municipality", "occupation_group", "confirmed", "linked",
)  # fmt: skip
_SUPPLY = ("skill", "offer", "outcome", "places", "municipality", "confirmed")


class Balance:
    """All lines, past and present. Every question names its moment."""

    def __init__(self, demand: Iterable[DemandLine] = (), supply: Iterable[SupplyLine] = ()) -> None:
        self._demand = Columns(_DEMAND)
        self._supply = Columns(_SUPPLY)
        self._codes: defaultdict[str, Codes] = defaultdict(Codes)
        asked: dict[Hashable, list[DemandLine]] = {}
        for line in demand:
            asked.setdefault(line.need, []).append(line)
        taught: dict[Hashable, list[SupplyLine]] = {}
        for given in supply:
            taught.setdefault(given.offer, []).append(given)
        self._demand.load({need: self._demand_rows(lines) for need, lines in asked.items()})
        self._supply.load({offer: self._supply_rows(lines) for offer, lines in taught.items()})

    def replace_demand(self, need: str, lines: Sequence[DemandLine]) -> None:
        """These are all lines of the need from now on. Raises ValueError for lines that contradict each other."""
        if any(line.need != need for line in lines):
            raise ValueError(f"a line is not of need {need}")
        self._demand.replace(need, self._demand_rows(lines))

    def replace_supply(self, offer: str, lines: Sequence[SupplyLine]) -> None:
        """These are all lines of the offer from now on. Raises ValueError for lines that contradict each other."""
        if any(line.offer != offer for line in lines):
            raise ValueError(f"a line is not of offer {offer}")
        self._supply.replace(offer, self._supply_rows(lines))

    def gaps(self, selection: Selection = EVERYTHING, *, at: datetime, groups: Groups | None = None) -> list[Gap]:
        """What is asked for or taught in the selection, widest gap first; per skill, or per group where given.

        Equal gaps stand by people asked for, then voices, then key: the order is the same every time.
        """
        return self._ranked(selection, at=at, units=self._units(groups), only=None)

    def gap(
        self, key: str, selection: Selection = EVERYTHING, *, at: datetime, groups: Groups | None = None
    ) -> Gap | None:
        """One of `gaps`; None when nothing of it is asked for or taught."""
        units = self._units(groups)
        found = self._ranked(selection, at=at, units=units, only=units.skills_of(key))
        return next((gap for gap in found if gap.key == key), None)

    def behind(
        self, key: str, selection: Selection = EVERYTHING, *, at: datetime, groups: Groups | None = None
    ) -> Behind:
        """The voices and learning outcomes that the gap's figures are made of."""
        units = self._units(groups)
        skills = units.skills_of(key)
        asked = self._counted_demand(selection, at=at, units=Units.one(skills), only=skills)
        voices = self._texts("voice", asked.voice)
        needs = self._texts("need", asked.need)
        counted = zip(
            voices, needs, asked.people.tolist(), asked.confirmed.tolist(), asked.linked.tolist(), strict=True
        )
        return Behind(
            voices=tuple(CountedVoice(*row) for row in sorted(counted)),
            outcomes=tuple(
                sorted(self._outcomes(selection, at=at, skills=skills), key=lambda one: (one.offer, one.outcome))
            ),
        )

    def totals(self, selection: Selection = EVERYTHING, *, at: datetime) -> Totals:
        units = self._units(None)
        rows = self._demand_where(selection, at=at)
        given = self._supply_where(selection, at=at)
        asked = self._counted_demand(selection, at=at, units=Units.one(units.all_skills), only=None)
        supplied = self._counted_supply(selection, at=at, units=Units.one(units.all_skills), only=None)
        return Totals(
            people=int(asked.people.sum()),
            voices=len(asked.voice),
            needs=len(np.unique(asked.need)),
            places=int(supplied.places[supplied.places != _UNKNOWN].sum()),
            offers=len(supplied.offer),
            skills_asked=len(np.unique(self._demand.column("skill")[rows])),
            skills_taught=len(np.unique(self._supply.column("skill")[given])),
        )

    def people_by(self, dimension: Dimension, selection: Selection = EVERYTHING, *, at: datetime) -> dict[str, int]:
        """People asked for in each part of the selection: each voice once in a part, whatever it names."""
        rows = np.flatnonzero(self._demand_where(selection, at=at))
        parts, voices = self._demand.column(dimension)[rows], self._demand.column("voice")[rows]
        _, first = np.unique(parts * (len(self._codes["voice"].texts) + 1) + voices, return_index=True)
        sums = np.bincount(parts[first], weights=self._demand.column("people")[rows][first], minlength=1)
        texts = self._codes[dimension].texts
        return {texts[part]: int(sums[part]) for part in np.unique(parts).tolist()}

    # From lines to rows

    def _demand_rows(self, lines: Sequence[DemandLine]) -> list[tuple[int, ...]]:
        check_demand(lines)
        codes = self._codes
        skill, need, voice = codes["skill"].number, codes["need"].number, codes["voice"].number
        horizon, sector = codes["horizon"].number, codes["sector"].number
        municipality, group = codes["municipality"].number, codes["occupation_group"].number
        return [
            (
                skill(line.skill), need(line.need), voice(line.voice), line.people, horizon(line.horizon),
                sector(line.sector), municipality(line.municipality), group(line.occupation_group),
                line.is_confirmed, line.is_link_confirmed, moment(line.since), moment(line.until),
            )
            for line in lines
        ]  # fmt: skip

    def _supply_rows(self, lines: Sequence[SupplyLine]) -> list[tuple[int, ...]]:
        check_supply(lines)
        codes = self._codes
        skill, offer, outcome = codes["skill"].number, codes["offer"].number, codes["outcome"].number
        municipality = codes["municipality"].number
        return [
            (
                skill(line.skill), offer(line.offer), outcome(line.outcome),
                _UNKNOWN if line.places is None else line.places,
                municipality(line.municipality), line.is_confirmed, moment(line.since), moment(line.until),
            )
            for line in lines
        ]  # fmt: skip

    # Which rows, and what they add up to

    def _demand_where(self, selection: Selection, *, at: datetime, only: Ints | None = None) -> Flags:
        chosen = self._demand.holding(at)
        for name, wanted in (
            ("horizon", selection.horizons),
            ("sector", selection.sectors),
            ("municipality", selection.municipalities),
            ("occupation_group", selection.occupation_groups),
        ):
            if wanted:
                mask = self._codes[name].mask(wanted, is_prefix=name == "occupation_group")
                chosen &= mask[self._demand.column(name)]
        return chosen if only is None else chosen & np.isin(self._demand.column("skill"), only)

    def _supply_where(self, selection: Selection, *, at: datetime, only: Ints | None = None) -> Flags:
        chosen = self._supply.holding(at)
        if selection.municipalities:
            chosen &= self._codes["municipality"].mask(selection.municipalities)[self._supply.column("municipality")]
        return chosen if only is None else chosen & np.isin(self._supply.column("skill"), only)

    def _counted_demand(self, selection: Selection, *, at: datetime, units: Units, only: Ints | None) -> CountedDemand:
        rows = np.flatnonzero(self._demand_where(selection, at=at, only=only))
        return count_demand(
            units,
            skill=self._demand.column("skill")[rows],
            need=self._demand.column("need")[rows],
            voice=self._demand.column("voice")[rows],
            people=self._demand.column("people")[rows],
            confirmed=self._demand.column("confirmed")[rows],
            linked=self._demand.column("linked")[rows],
        )

    def _counted_supply(self, selection: Selection, *, at: datetime, units: Units, only: Ints | None) -> CountedSupply:
        rows = np.flatnonzero(self._supply_where(selection, at=at, only=only))
        return count_supply(
            units,
            skill=self._supply.column("skill")[rows],
            offer=self._supply.column("offer")[rows],
            places=self._supply.column("places")[rows],
        )

    def _outcomes(self, selection: Selection, *, at: datetime, skills: Ints) -> list[CountedOutcome]:
        """Each outcome once, confirmed where it is so for one of the skills."""
        rows = np.flatnonzero(self._supply_where(selection, at=at, only=skills))
        found: dict[str, CountedOutcome] = {}
        columns = [self._supply.column(name)[rows] for name in ("outcome", "offer", "places", "confirmed")]
        texts = (self._texts("outcome", columns[0]), self._texts("offer", columns[1]))
        for outcome, offer, places, confirmed in zip(*texts, columns[2].tolist(), columns[3].tolist(), strict=True):
            is_confirmed = bool(confirmed) or (outcome in found and found[outcome].is_confirmed)
            known = None if places == _UNKNOWN else places
            found[outcome] = CountedOutcome(outcome=outcome, offer=offer, places=known, is_confirmed=is_confirmed)
        return list(found.values())

    def _ranked(self, selection: Selection, *, at: datetime, units: Units, only: Ints | None) -> list[Gap]:
        now = self._figures(selection, at=at, units=units, only=only)
        before = self._figures(selection, at=month_before(at), units=units, only=only)
        return now.ranked(change=now.unmet - before.unmet, units=units)

    def _figures(self, selection: Selection, *, at: datetime, units: Units, only: Ints | None) -> Figures:
        return Figures.of(
            self._counted_demand(selection, at=at, units=units, only=only),
            self._counted_supply(selection, at=at, units=units, only=only),
            size=units.size,
        )

    def _units(self, groups: Groups | None) -> Units:
        skills = self._codes["skill"]
        return Units.of_skills(skills) if groups is None else Units.of_groups(skills, groups)

    def _texts(self, name: str, numbers: Ints) -> list[str]:
        texts = self._codes[name].texts
        return [texts[number] for number in numbers.tolist()]
