"""Counting once: each voice and each offer in each unit (a skill, or a group of skills), and the sums of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kompetanse.gap.columns import Codes, Flags, Ints
from kompetanse.gap.gaps import Gap

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Units:
    """What is ranked. Each row belongs to the units of its skill: itself, or the groups it lies in."""

    codes: Codes
    # Skill code s lies in units members[starts[s]:starts[s + 1]]; None where a skill is its own unit.
    starts: Ints | None
    members: Ints
    all_skills: Ints

    @classmethod
    def of_skills(cls, skills: Codes) -> Units:
        every = np.arange(len(skills.texts))
        return cls(codes=skills, starts=None, members=every, all_skills=every)

    @classmethod
    def of_groups(cls, skills: Codes, groups: Mapping[str, Collection[str]]) -> Units:
        codes = Codes()
        lists = [sorted({codes.number(group) for group in groups.get(skill, ())}) for skill in skills.texts]
        starts = np.concatenate([[0], np.cumsum([len(one) for one in lists], dtype=np.int64)])
        members = np.array([unit for one in lists for unit in one], dtype=np.int64)
        return cls(codes=codes, starts=starts, members=members, all_skills=np.arange(len(skills.texts)))

    @classmethod
    def one(cls, skills: Ints) -> Units:
        """All those skills as one unit."""
        codes = Codes()
        codes.number("")
        size = int(skills.max()) + 1 if len(skills) else 0
        inside = np.zeros(size, dtype=np.int64)
        inside[skills] = 1
        starts = np.concatenate([[0], np.cumsum(inside)])
        return cls(codes=codes, starts=starts, members=np.zeros(int(inside.sum()), dtype=np.int64), all_skills=skills)

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
    """One row per unit and voice."""

    unit: Ints
    need: Ints
    voice: Ints
    people: Ints
    confirmed: Flags
    linked: Flags


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


def count_demand(
    units: Units, *, skill: Ints, need: Ints, voice: Ints, people: Ints, confirmed: Ints, linked: Ints
) -> CountedDemand:
    rows, unit = units.of_rows(skill)
    keys = _pairs(unit, voice[rows])
    # The surest line of a voice speaks for it; a confirmed line is a linked one. Equal ones say the same, so that
    # the sort need not be stable, which is several times faster.
    order = np.argsort(keys * 4 + (3 - 2 * confirmed[rows] - linked[rows]))
    order = order[_first_of_each(keys[order])]
    chosen = rows[order]
    return CountedDemand(
        unit=unit[order],
        need=need[chosen],
        voice=voice[chosen],
        people=people[chosen],
        confirmed=confirmed[chosen].astype(np.bool_),
        linked=linked[chosen].astype(np.bool_),
    )


def count_supply(units: Units, *, skill: Ints, offer: Ints, places: Ints) -> CountedSupply:
    rows, unit = units.of_rows(skill)
    keys = _pairs(unit, offer[rows])
    order = np.argsort(keys)
    order = order[_first_of_each(keys[order])]
    chosen = rows[order]
    return CountedSupply(unit=unit[order], offer=offer[chosen], places=places[chosen])


def _sum(unit: Ints, values: Ints, *, size: int) -> Ints:
    sums: Ints = np.bincount(unit, weights=values, minlength=size).astype(np.int64)
    return sums


@dataclass(frozen=True, slots=True)
class Figures:
    """One number per unit in each column."""

    confirmed: Ints
    unconfirmed: Ints
    machine_linked: Ints
    voices: Ints
    needs: Ints
    places: Ints
    offers: Ints
    offers_without_places: Ints

    @classmethod
    def of(cls, asked: CountedDemand, supplied: CountedSupply, *, size: int) -> Figures:
        keys = np.sort(_pairs(asked.unit, asked.need))
        needs = keys[_first_of_each(keys)] // (int(asked.need.max(initial=0)) + 1)
        is_known = supplied.places != _UNKNOWN
        return cls(
            confirmed=_sum(asked.unit, asked.people * asked.confirmed, size=size),
            unconfirmed=_sum(asked.unit, asked.people * ~asked.confirmed, size=size),
            machine_linked=_sum(asked.unit, asked.people * ~asked.linked, size=size),
            voices=np.bincount(asked.unit, minlength=size),
            needs=np.bincount(needs, minlength=size),
            places=_sum(supplied.unit, supplied.places * is_known, size=size),
            offers=np.bincount(supplied.unit, minlength=size),
            offers_without_places=np.bincount(supplied.unit[~is_known], minlength=size),
        )

    @property
    def unmet(self) -> Ints:
        unmet: Ints = np.maximum(0, self.confirmed + self.unconfirmed - self.places)
        return unmet

    def ranked(self, *, change: Ints, units: Units) -> list[Gap]:
        there = np.flatnonzero((self.voices > 0) | (self.offers > 0))
        asked = self.confirmed + self.unconfirmed
        ranks = units.codes.ranks()
        keys = (ranks[there], -self.voices[there], -asked[there], -self.unmet[there])
        order = there[np.lexsort(keys)]
        columns = (
            self.confirmed, self.unconfirmed, self.machine_linked, self.voices, self.needs,
            self.places, self.offers, self.offers_without_places, change,
        )  # fmt: skip
        texts = [units.codes.texts[unit] for unit in order.tolist()]
        return [Gap(*row) for row in zip(texts, *(column[order].tolist() for column in columns), strict=True)]
