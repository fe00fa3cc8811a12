"""Counting once: each voice and each offer in each unit (a skill, or a group of skills), and the sums of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kompetanse.gap.columns import Codes, Flags, Ints, Rows
from kompetanse.gap.gaps import Gap

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Of an offer that does not say how many places it has.
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Units:
    """What is ranked. Each row belongs to the units of its skill: itself, or the groups it lies in."""

    codes: Codes
    # Skill code s lies in units members[starts[s]:starts[s + 1]]; None where a skill is its own unit.
    starts: Ints | None
    members: Ints
    all_skills: Ints

    @classmethod
    def of(cls, skills: Codes, groups: Mapping[str, Collection[str]] | None) -> Units:
        """Each skill by itself, or the groups."""
        every = np.arange(len(skills.texts))
        if groups is None:
            return cls(codes=skills, starts=None, members=every, all_skills=every)
        codes = Codes()
        lists = [sorted({codes.number(group) for group in groups.get(skill, ())}) for skill in skills.texts]
        starts = np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)])
        members = np.array([unit for one in lists for unit in one], dtype=np.int64)
        return cls(codes=codes, starts=starts, members=members, all_skills=every)

    def as_one(self) -> Units:
        """All skills as one unit."""
        codes, count = Codes(), len(self.all_skills)
        codes.number("")
        members = np.zeros(count, dtype=np.int64)
        return Units(codes=codes, starts=np.arange(count + 1), members=members, all_skills=self.all_skills)

    @property
    def size(self) -> int:
        return len(self.codes.texts)

    def skills_of(self, key: str) -> Ints:
        """The skill codes that lie in the unit of that name."""
        unit = self.codes.known(key)
        if unit is None:
            return np.array([], dtype=np.int64)
        if self.starts is None:
            return np.array([unit], dtype=np.int64)
        owners = np.repeat(self.all_skills, np.diff(self.starts))
        found: Ints = owners[self.members == unit]
        return found

    def of_rows(self, skill: Ints) -> tuple[Ints, Ints]:
        """(row, unit) for every unit each row belongs to."""
        if self.starts is None:
            return np.arange(len(skill)), skill
        counts = self.starts[skill + 1] - self.starts[skill]
        rows = np.repeat(np.arange(len(skill)), counts)
        # Places 0, 1, … within each row's own run of members.
        within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows, self.members[np.repeat(self.starts[skill], counts) + within]


@dataclass(frozen=True, slots=True)
class CountedDemand:
    """One row per unit and voice; and the units of the needs, each need once in a unit."""

    unit: Ints
    need: Ints
    voice: Ints
    people: Ints
    confirmed: Flags
    linked: Flags
    # When its line began.
    since: Ints
    of_needs: Ints


@dataclass(frozen=True, slots=True)
class CountedSupply:
    """One row per unit and offer."""

    unit: Ints
    offer: Ints
    places: Ints


def _pairs(unit: Ints, other: Ints) -> Ints:
    """One number per pair, in order of unit."""
    pairs: Ints = unit * (int(other.max(initial=0)) + 1) + other
    return pairs


def _first_of_each(keys: Ints) -> Ints:
    """Where each run of equal keys begins; the keys are sorted."""
    first: Ints = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
    return first


def count_demand(units: Units, rows: Rows) -> CountedDemand:
    at, unit = units.of_rows(rows.column("skill"))
    confirmed, linked = rows.column("confirmed")[at], rows.column("linked")[at]
    keys = _pairs(unit, rows.column("voice")[at])
    # The surest line of a voice speaks for it; a confirmed line is a linked one. Equal ones say the same, so that
    # the sort need not be stable, which is several times faster.
    order = np.argsort(keys * 4 + (3 - 2 * confirmed - linked))
    order = order[_first_of_each(keys[order])]
    chosen = at[order]
    needs = rows.column("need")[at]
    pairs = np.sort(_pairs(unit, needs))
    return CountedDemand(
        unit=unit[order],
        need=rows.column("need")[chosen],
        voice=rows.column("voice")[chosen],
        people=rows.column("people")[chosen],
        confirmed=confirmed[order].astype(np.bool_),
        linked=linked[order].astype(np.bool_),
        since=rows.column("since")[chosen],
        of_needs=pairs[_first_of_each(pairs)] // (int(needs.max(initial=0)) + 1),
    )


def count_supply(units: Units, rows: Rows) -> CountedSupply:
    at, unit = units.of_rows(rows.column("skill"))
    keys = _pairs(unit, rows.column("offer")[at])
    order = np.argsort(keys)
    order = order[_first_of_each(keys[order])]
    chosen = at[order]
    return CountedSupply(unit=unit[order], offer=rows.column("offer")[chosen], places=rows.column("places")[chosen])


def people_in(rows: Rows, part: str) -> Ints:
    """People asked for in each part, by its code: each voice once in a part, whatever it names."""
    parts = rows.column(part)
    _, first = np.unique(_pairs(parts, rows.column("voice")), return_index=True)
    return _sum(parts[first], rows.column("people")[first], size=0)


def _sum(unit: Ints, values: Ints, *, size: int) -> Ints:
    sums: Ints = np.bincount(unit, weights=values, minlength=size).astype(np.int64)
    return sums


def added(one: Ints, other: Ints) -> Ints:
    """Their sum along the last axis, the shorter one filled up with nothing."""
    longer, shorter = (one, other) if one.shape[-1] >= other.shape[-1] else (other, one)
    sums = longer.copy()
    sums[..., : shorter.shape[-1]] += shorter
    return sums


_FIGURES: Final = (
    "confirmed", "unconfirmed", "machine_linked", "voices", "needs", "places", "offers", "offers_without_places",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """(figures, units): what `Gap` has, one number per unit in each."""

    table: Ints

    @classmethod
    def of(cls, asked: CountedDemand, supplied: CountedSupply, *, size: int) -> Figures:
        is_known = supplied.places != UNKNOWN
        columns = (
            _sum(asked.unit, asked.people * asked.confirmed, size=size),
            _sum(asked.unit, asked.people * ~asked.confirmed, size=size),
            _sum(asked.unit, asked.people * ~asked.linked, size=size),
            np.bincount(asked.unit, minlength=size),
            np.bincount(asked.of_needs, minlength=size),
            _sum(supplied.unit, supplied.places * is_known, size=size),
            np.bincount(supplied.unit, minlength=size),
            np.bincount(supplied.unit[~is_known], minlength=size),
        )
        return cls(np.array(columns))

    def column(self, name: str) -> Ints:
        column: Ints = self.table[_FIGURES.index(name)]
        return column

    @property
    def asked(self) -> Ints:
        asked: Ints = self.column("confirmed") + self.column("unconfirmed")
        return asked

    @property
    def unmet(self) -> Ints:
        unmet: Ints = np.maximum(0, self.asked - self.column("places"))
        return unmet

    def ranked(self, *, units: Units) -> Ints:
        """All units that are asked for or taught, widest gap first."""
        there = np.flatnonzero((self.column("voices") > 0) | (self.column("offers") > 0))
        ranks = units.codes.ranks()
        keys = (ranks[there], -self.column("voices")[there], -self.asked[there], -self.unmet[there])
        ranked: Ints = there[np.lexsort(keys)]
        return ranked


class Told:
    """The gaps as they were told last: only those that have other figures now are made anew."""

    def __init__(self) -> None:
        self._table: Ints = np.zeros((len(_FIGURES) + 1, 0), dtype=np.int64)
        self._gaps: list[Gap] = []

    def gaps(self, chosen: Ints, now: Figures, before: Figures, *, units: Units) -> list[Gap]:
        """Of those units, in their order."""
        table = np.concatenate([now.table, added(now.unmet, -before.unmet)[None, :]])
        known = self._table.shape[1]
        is_other = np.concatenate(
            [(table[:, :known] != self._table).any(axis=0), np.ones(units.size - known, np.bool_)]
        )
        other = np.flatnonzero(is_other).tolist()
        self._gaps += [_NOTHING] * (units.size - known)
        for unit, *figures in zip(other, *table[:, is_other].tolist(), strict=True):
            self._gaps[unit] = Gap(units.codes.texts[unit], *figures)
        self._table = table
        return [self._gaps[unit] for unit in chosen.tolist()]


_NOTHING: Final = Gap("", 0, 0, 0, 0, 0, 0, 0, 0, 0)
