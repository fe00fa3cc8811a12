"""The lines as rows, past and present: whose they are, which of them a selection takes in, and what has changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np

from kompetanse.gap.columns import Codes, Columns, Ints, Rows, moment
from kompetanse.gap.contract import check_demand, check_supply
from kompetanse.gap.lines import DemandLine, Selection, SupplyLine
from kompetanse.gap.sums import UNKNOWN

_DEMAND = (
    "skill", "need", "voice", "people", "horizon", "sector", "municipality", "occupation_group", "confirmed", "linked",
)  # fmt: skip
_SUPPLY = ("skill", "offer", "outcome", "places", "municipality", "confirmed")
_NOBODY = -1

LineT = TypeVar("LineT", DemandLine, SupplyLine)


class Ledger:
    """Raises ValueError for lines that contradict each other."""

    def __init__(self, demand: Iterable[DemandLine], supply: Iterable[SupplyLine]) -> None:
        self.codes: defaultdict[str, Codes] = defaultdict(Codes)
        self.demand = Columns(_DEMAND, owner="need", by="skill")
        self.supply = Columns(_SUPPLY, owner="offer", by="skill")
        # Need code of each voice, and the needs that share a voice with a need (a voice moves when needs are merged).
        self._need_of_voice: Ints = np.array([], dtype=np.int64)
        self._sharing: defaultdict[int, set[int]] = defaultdict(set)
        asked = [row for lines in _by_owner(demand, lambda line: line.need) for row in self._demand_rows(lines)]
        self.demand.load(asked)
        self.supply.load([row for own in _by_owner(supply, lambda line: line.offer) for row in self._supply_rows(own)])
        self._note_sharing(self.demand.rows)

    def replace_demand(self, need: str, lines: Sequence[DemandLine]) -> None:
        if any(line.need != need for line in lines):
            raise ValueError(f"a line is not of need {need}")
        rows, owner = self._demand_rows(lines), self.codes["need"].number(need)
        self.demand.replace(owner, rows)
        self._note_sharing(self.demand.of_owners([owner]))

    def replace_supply(self, offer: str, lines: Sequence[SupplyLine]) -> None:
        if any(line.offer != offer for line in lines):
            raise ValueError(f"a line is not of offer {offer}")
        rows = self._supply_rows(lines)
        self.supply.replace(self.codes["offer"].number(offer), rows)

    def asked(self, rows: Rows, selection: Selection, *, at: int) -> Rows:
        """Those of the demand's rows that hold at the moment and lie in the selection."""
        chosen = rows.holding(at)
        for name, wanted in (
            ("horizon", selection.horizons),
            ("sector", selection.sectors),
            ("municipality", selection.municipalities),
            ("occupation_group", selection.occupation_groups),
        ):
            if wanted:
                mask = self.codes[name].mask(wanted, is_prefix=name == "occupation_group")
                chosen &= mask[rows.column(name)]
        return rows.where(chosen)

    def taught(self, rows: Rows, selection: Selection, *, at: int) -> Rows:
        """Those of the supply's rows that hold at the moment and lie in the selection."""
        chosen = rows.holding(at)
        if selection.municipalities:
            chosen &= self.codes["municipality"].mask(selection.municipalities)[rows.column("municipality")]
        return rows.where(chosen)

    def counted_together(self, needs: Iterable[int]) -> set[int]:
        """Those needs, and all that share a voice with one of them."""
        found: set[int] = set()
        waiting = list(needs)
        while waiting:
            need = waiting.pop()
            if need not in found:
                found.add(need)
                waiting += self._sharing.get(need, ())
        return found

    def texts(self, name: str, numbers: Ints) -> list[str]:
        texts = self.codes[name].texts
        return [texts[number] for number in numbers.tolist()]

    def _note_sharing(self, rows: Rows) -> None:
        voices, needs = rows.column("voice"), rows.column("need")
        missing = len(self.codes["voice"].texts) - len(self._need_of_voice)
        if missing > 0:
            # Room for as many again: a voice at a time would copy all each time.
            room = np.full(missing + len(self._need_of_voice), _NOBODY, dtype=np.int64)
            self._need_of_voice = np.concatenate([self._need_of_voice, room])
        known = self._need_of_voice[voices]
        is_new = known == _NOBODY
        self._need_of_voice[voices[is_new]] = needs[is_new]
        first = self._need_of_voice[voices]
        for need, other in zip(needs[first != needs].tolist(), first[first != needs].tolist(), strict=True):
            self._sharing[need].add(other)
            self._sharing[other].add(need)

    def _demand_rows(self, lines: Sequence[DemandLine]) -> list[tuple[int, ...]]:
        check_demand(lines)
        codes = self.codes
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
        codes = self.codes
        skill, offer, outcome = codes["skill"].number, codes["offer"].number, codes["outcome"].number
        municipality = codes["municipality"].number
        return [
            (
                skill(line.skill), offer(line.offer), outcome(line.outcome),
                UNKNOWN if line.places is None else line.places,
                municipality(line.municipality), line.is_confirmed, moment(line.since), moment(line.until),
            )
            for line in lines
        ]  # fmt: skip


def _by_owner(lines: Iterable[LineT], owner: Callable[[LineT], str]) -> Iterable[list[LineT]]:
    found: dict[str, list[LineT]] = {}
    for line in lines:
        found.setdefault(owner(line), []).append(line)
    return found.values()
