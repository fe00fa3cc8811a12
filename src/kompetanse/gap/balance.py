"""Demand beside supply, held as columns: ranked in milliseconds, kept fresh need by need and offer by offer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from kompetanse.gap.columns import Ints, Rows, moment
from kompetanse.gap.gaps import Behind, CountedOutcome, CountedVoice, Gap, Totals
from kompetanse.gap.ledger import Ledger
from kompetanse.gap.lines import EVERYTHING, DemandLine, Dimension, Groups, Selection, SupplyLine
from kompetanse.gap.sums import UNKNOWN, Units, count_demand
from kompetanse.gap.tally import Tally

# Of so many selections the sums are kept.
_MOST_KEPT: Final = 24


class Balance:
    """All lines, past and present. Every question names its moment.

    What was asked once is kept up to date by what has changed since, so that it costs the same however much there is.
    """

    def __init__(self, demand: Iterable[DemandLine] = (), supply: Iterable[SupplyLine] = ()) -> None:
        self._ledger = Ledger(demand, supply)
        self._tallies: OrderedDict[tuple[Selection, int], Tally] = OrderedDict()

    def replace_demand(self, need: str, lines: Sequence[DemandLine]) -> None:
        """These are all lines of the need from now on. Raises ValueError for lines that contradict each other."""
        self._ledger.replace_demand(need, lines)

    def replace_supply(self, offer: str, lines: Sequence[SupplyLine]) -> None:
        """These are all lines of the offer from now on. Raises ValueError for lines that contradict each other."""
        self._ledger.replace_supply(offer, lines)

    def gaps(self, selection: Selection = EVERYTHING, *, at: datetime, groups: Groups | None = None) -> list[Gap]:
        """What is asked for or taught in the selection, widest gap first; per skill, or per group where given.

        Equal gaps stand by people asked for, then voices, then key: the order is the same every time.
        """
        return self._tally(selection, groups).gaps(at)

    def gap(
        self, key: str, selection: Selection = EVERYTHING, *, at: datetime, groups: Groups | None = None
    ) -> Gap | None:
        """One of `gaps`; None when nothing of it is asked for or taught."""
        return self._tally(selection, groups).gap(key, at)

    def behind(
        self,
        key: str,
        selection: Selection = EVERYTHING,
        *,
        at: datetime,
        groups: Groups | None = None,
        first: int = 0,
        most: int | None = None,
    ) -> Behind:
        """The voices and learning outcomes that the gap's figures are made of; of the voices `most`, from `first` on."""
        ledger, units = self._ledger, Units.of(self._ledger.codes["skill"], groups)
        skills = units.skills_of(key).tolist()
        asked = ledger.asked(ledger.demand.of_values(skills), selection, at=moment(at))
        taught = ledger.taught(ledger.supply.of_values(skills), selection, at=moment(at))
        return Behind(voices=self._voices(asked, units=units, first=first, most=most), outcomes=self._outcomes(taught))

    def totals(self, selection: Selection = EVERYTHING, *, at: datetime) -> Totals:
        """Each voice, need and offer once, whatever it names."""
        return self._tally(selection, None).totals(at)

    def people_by(self, dimension: Dimension, selection: Selection = EVERYTHING, *, at: datetime) -> dict[str, int]:
        """People asked for in each part of the selection: each voice once in a part, whatever it names."""
        return self._tally(selection, None).people_by(dimension, at)

    def _tally(self, selection: Selection, groups: Groups | None) -> Tally:
        key = (selection, id(groups) if groups is not None else 0)
        kept = self._tallies.get(key)
        if kept is None:
            # It keeps the groups, so no others come to have their identity.
            kept = self._tallies[key] = Tally(self._ledger, selection, groups)
            if len(self._tallies) > _MOST_KEPT:
                self._tallies.popitem(last=False)
        self._tallies.move_to_end(key)
        return kept

    def _voices(self, rows: Rows, *, units: Units, first: int, most: int | None) -> tuple[CountedVoice, ...]:
        asked = count_demand(units.as_one(), rows)
        order = np.lexsort((asked.since, -asked.people))
        last = len(order) if most is None else min(first + most, len(order))
        # Equals stand by id; only those that the part begins or ends among are looked up besides.
        begin, end = _with_equals(asked.people[order], asked.since[order], first, last)
        chosen = order[begin:end]
        voices, needs = self._ledger.texts("voice", asked.voice[chosen]), self._ledger.texts("need", asked.need[chosen])
        columns = (-asked.people[chosen], asked.since[chosen], asked.confirmed[chosen], asked.linked[chosen])
        counted = sorted(
            zip(
                columns[0].tolist(),
                columns[1].tolist(),
                voices,
                needs,
                *(one.tolist() for one in columns[2:]),
                strict=True,
            )
        )
        return tuple(
            CountedVoice(voice, need, -people, is_confirmed, is_linked)
            for people, _since, voice, need, is_confirmed, is_linked in counted[first - begin : last - begin]
        )

    def _outcomes(self, rows: Rows) -> tuple[CountedOutcome, ...]:
        """Each outcome once, confirmed where it is so for one of the skills."""
        found: dict[str, CountedOutcome] = {}
        texts = (
            self._ledger.texts("outcome", rows.column("outcome")),
            self._ledger.texts("offer", rows.column("offer")),
        )
        numbers = (rows.column("places").tolist(), rows.column("confirmed").tolist())
        for outcome, offer, places, confirmed in zip(*texts, *numbers, strict=True):
            is_confirmed = bool(confirmed) or (outcome in found and found[outcome].is_confirmed)
            known = None if places == UNKNOWN else places
            found[outcome] = CountedOutcome(outcome=outcome, offer=offer, places=known, is_confirmed=is_confirmed)
        return tuple(sorted(found.values(), key=lambda one: (one.offer, one.outcome)))


def _with_equals(people: Ints, since: Ints, first: int, last: int) -> tuple[int, int]:
    """The part from `first` and up to `last`, and all that are equal to its ends."""

    def is_equal(one: int, other: int) -> bool:
        return bool(people[one] == people[other] and since[one] == since[other])

    while 0 < first < len(people) and is_equal(first - 1, first):
        first -= 1
    while 0 < last < len(people) and is_equal(last - 1, last):
        last += 1
    return first, last
