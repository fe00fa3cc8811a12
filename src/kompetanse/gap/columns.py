"""Rows as numpy columns, in blocks that belong to somebody and are replaced together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
NEVER = np.iinfo(np.int64).max


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


class Columns:
    """Whole-number columns of equal length. A row that was let go never holds, and its place is used again."""

    def __init__(self, names: Sequence[str]) -> None:
        """The columns `since` and `until` are there always."""
        self._names = (*names, "since", "until")
        self._table = np.zeros((len(self._names), 1024), dtype=np.int64)
        self._used = 0
        self._free: list[int] = []
        self._places: dict[Hashable, list[int]] = {}

    def column(self, name: str) -> Ints:
        column: Ints = self._table[self._names.index(name), : self._used]
        return column

    def holding(self, at: datetime) -> Flags:
        """Which rows hold at the moment."""
        now = moment(at)
        holding: Flags = (self.column("since") <= now) & (now < self.column("until"))
        return holding

    def load(self, blocks: Mapping[Hashable, Sequence[tuple[int, ...]]]) -> None:
        """Fill an empty table in one go."""
        if self._places:
            raise ValueError("the table has rows already")
        rows = [row for block in blocks.values() for row in block]
        if not rows:
            return
        self._table = np.array(rows, dtype=np.int64).T.copy()
        self._used = len(rows)
        start = 0
        for owner, block in blocks.items():
            self._places[owner] = list(range(start, start + len(block)))
            start += len(block)

    def replace(self, owner: Hashable, rows: Sequence[tuple[int, ...]]) -> None:
        """Let go of the owner's rows and take these in their place."""
        gone = self._places.pop(owner, [])
        if gone:
            self._table[self._names.index("since"), gone] = NEVER
            self._free.extend(gone)
        if rows:
            places = [self._free.pop() if self._free else self._next() for _ in rows]
            self._table[:, places] = np.array(rows, dtype=np.int64).T
            self._places[owner] = places

    def _next(self) -> int:
        if self._used == self._table.shape[1]:
            grown: Any = np.zeros((len(self._names), max(1024, 2 * self._used)), dtype=np.int64)
            grown[:, : self._used] = self._table
            self._table = grown
        self._used += 1
        return self._used - 1
