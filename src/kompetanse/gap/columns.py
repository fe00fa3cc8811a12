"""Rows as numpy columns, in blocks that belong to somebody and are replaced together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
NEVER = np.iinfo(np.int64).max
# Who has not asked for so long counts all anew.
_MOST_REMEMBERED = 4_096


def moment(at: datetime | None) -> int:
    """Microseconds since 1970; None is never. Raises TypeError for a time without a zone."""
    return int(NEVER) if at is None else (at - _EPOCH) // _MICROSECOND


class Codes:
    """Texts as small numbers, in the order they were first seen."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._ranks: Ints = np.array([], dtype=np.int64)

    def number(self, text: str) -> int:
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return found

    def known(self, text: str) -> int | None:
        return self._numbers.get(text)

    def mask(self, texts: Iterable[str], *, is_prefix: bool = False) -> Flags:
        """Which of the codes are (or begin with) one of the texts."""
        wanted = tuple(texts)
        if is_prefix:
            return np.array([text.startswith(wanted) for text in self.texts], dtype=np.bool_)
        return np.array([text in wanted for text in self.texts], dtype=np.bool_)

    def ranks(self) -> Ints:
        """Each code's place among the texts in alphabetical order."""
        if len(self._ranks) != len(self.texts):
            ranks = np.empty(len(self.texts), dtype=np.int64)
            ranks[sorted(range(len(self.texts)), key=self.texts.__getitem__)] = np.arange(len(self.texts))
            self._ranks = ranks
        return self._ranks


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows: (columns, rows), with a name for each column."""

    names: tuple[str, ...]
    table: Ints

    def column(self, name: str) -> Ints:
        column: Ints = self.table[self.names.index(name)]
        return column

    def holding(self, at: int) -> Flags:
        """Which of them hold at the moment."""
        holding: Flags = (self.column("since") <= at) & (at < self.column("until"))
        return holding

    def where(self, chosen: Flags | Ints) -> Rows:
        return Rows(self.names, self.table[:, chosen])


class _Register:
    """Where the rows with each value of a column stand: all in order, and beside them what came since."""

    def __init__(self, values: Ints) -> None:
        self._order = np.argsort(values, kind="stable")
        self._values = values[self._order]
        self._later: defaultdict[int, list[int]] = defaultdict(list)
        self._count = 0

    def add(self, value: int, place: int) -> None:
        self._later[value].append(place)
        self._count += 1

    @property
    def is_untidy(self) -> bool:
        return self._count > 1_024 + len(self._order) // 4

    def places(self, value: int) -> Ints:
        """Also of rows that were let go, or have another value now."""
        low, high = np.searchsorted(self._values, [value, value + 1])
        later = np.array(self._later.get(value, ()), dtype=np.int64)
        places: Ints = np.unique(np.concatenate([self._order[low:high], later]))
        return places


class _Turns:
    """When rows begin or end, after `low`, and whose they are; in order of time."""

    def __init__(self, low: int) -> None:
        self.low = low
        self._times = self._owners = np.array([], dtype=np.int64)

    def add(self, times: Ints, owners: Ints) -> None:
        is_late = (times > self.low) & (times < NEVER)
        order = np.argsort(times[is_late])
        times, owners = times[is_late][order], owners[is_late][order]
        places = np.searchsorted(self._times, times)
        self._times, self._owners = np.insert(self._times, places, times), np.insert(self._owners, places, owners)

    def between(self, first: int, last: int) -> Ints:
        low, high = np.searchsorted(self._times, [first, last], side="right")
        owners: Ints = self._owners[low:high]
        return owners


class Columns:
    """Whole-number columns of equal length, each row somebody's. A row that was let go never holds; its place is used again."""

    def __init__(self, names: Sequence[str], *, owner: str, by: str) -> None:
        """The column `owner` says whose a row is, and rows are also found by the column `by`; `since` and `until` are there always."""
        self._names = (*names, "since", "until")
        self._owner, self._by = self._names.index(owner), self._names.index(by)
        self._since, self._until = len(names), len(names) + 1
        self._table = np.zeros((len(self._names), 1024), dtype=np.int64)
        self._used = 0
        self._free: list[int] = []
        self._registers: dict[int, _Register] = {}
        self._turns: _Turns | None = None
        # What owners had before they were given new rows, oldest first.
        self._remembered: list[tuple[int, Rows]] = []
        self._forgotten = 0

    @property
    def rows(self) -> Rows:
        return Rows(self._names, self._table[:, : self._used])

    def load(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Fill an empty table in one go."""
        if self._used:
            raise ValueError("the table has rows already")
        if rows:
            self._table = np.array(rows, dtype=np.int64).T.copy()
            self._used = len(rows)

    def of_owners(self, owners: Iterable[int], instead: Mapping[int, Rows] | None = None) -> Rows:
        """Of those of `instead`, the rows that stand there."""
        other = instead or {}
        return self._joined([other[one] if one in other else self._found(self._owner, one) for one in owners])

    def of_values(self, values: Iterable[int]) -> Rows:
        """Those with one of the values in the column that rows are found by."""
        return self._joined([self._found(self._by, value) for value in values])

    def replace(self, owner: int, rows: Sequence[tuple[int, ...]]) -> None:
        """Let go of the owner's rows and take these in their place."""
        gone = self._places(self._owner, owner)
        self._remember(owner, Rows(self._names, self._table[:, gone].copy()))
        self._table[self._since, gone] = NEVER
        self._free.extend(gone.tolist())
        if not rows:
            return
        places = [self._free.pop() if self._free else self._next() for _ in rows]
        self._table[:, places] = np.array(rows, dtype=np.int64).T
        for column, register in self._registers.items():
            for place in places:
                register.add(int(self._table[column, place]), place)
        if self._turns:
            self._note_turns(self._turns, np.array(places))

    @property
    def changes(self) -> int:
        """How many replacements there have been."""
        return self._forgotten + len(self._remembered)

    def before(self, changes: int) -> dict[int, Rows] | None:
        """What owners that were given new rows since then had at that time; None where that is too long ago."""
        if changes < self._forgotten:
            return None
        found: dict[int, Rows] = {}
        for owner, rows in self._remembered[changes - self._forgotten :]:
            found.setdefault(owner, rows)
        return found

    def turned(self, one: int, other: int) -> Ints:
        """Owners with a row that begins or ends between the two moments, the later one among them."""
        first, last = sorted((one, other))
        if self._turns is None or first < self._turns.low:
            self._turns = _Turns(first)
            self._note_turns(self._turns, np.flatnonzero(self.rows.column("since") != NEVER))
        return np.unique(self._turns.between(first, last))

    def _note_turns(self, turns: _Turns, places: Ints) -> None:
        owners = self._table[self._owner, places]
        for column in (self._since, self._until):
            turns.add(self._table[column, places], owners)

    def _remember(self, owner: int, rows: Rows) -> None:
        self._remembered.append((owner, rows))
        if len(self._remembered) > 2 * _MOST_REMEMBERED:
            del self._remembered[:_MOST_REMEMBERED]
            self._forgotten += _MOST_REMEMBERED

    def _joined(self, parts: Sequence[Rows]) -> Rows:
        return Rows(self._names, np.concatenate([self._table[:, :0], *(part.table for part in parts)], axis=1))

    def _found(self, column: int, value: int) -> Rows:
        return Rows(self._names, self._table[:, self._places(column, value)])

    def _places(self, column: int, value: int) -> Ints:
        register = self._registers.get(column)
        if register is None or register.is_untidy:
            register = self._registers[column] = _Register(self._table[column, : self._used])
        places = register.places(value)
        is_there = (self._table[column, places] == value) & (self._table[self._since, places] != NEVER)
        found: Ints = places[is_there]
        return found

    def _next(self) -> int:
        if self._used == self._table.shape[1]:
            grown = np.zeros((len(self._names), max(1024, 2 * self._used)), dtype=np.int64)
            grown[:, : self._used] = self._table
            self._table = grown
        self._used += 1
        return self._used - 1
