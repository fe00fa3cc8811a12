"""What is counted: one voice that asks for a skill, one learning outcome that teaches it, and when each held."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Dimension = Literal["horizon", "sector", "municipality", "occupation_group"]
# Skill → the groups it lies in.
Groups = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class DemandLine:
    """One voice asks for one skill for so many people, from `since` and up to (not with) `until`."""

    skill: str
    need: str
    voice: str
    people: int
    horizon: str
    # Empty where it is not known: counted in the whole, and in no part.
    sector: str
    municipality: str
    # ISCO-08, one to four digits.
    occupation_group: str
    # A person has said that the words mean the skill, and the organisation stands behind them.
    is_confirmed: bool
    # A person has said that the words mean the skill, whoever stands behind.
    is_link_confirmed: bool
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """One learning outcome of an offer teaches one skill. `places` a year; None where the offer does not say."""

    skill: str
    offer: str
    outcome: str
    places: int | None
    municipality: str
    is_confirmed: bool
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the whole; an empty set is all.

    Supply has a municipality only: it stands whole beside each horizon, sector and occupation group.
    """

    horizons: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    # Codes of one to four digits; "2" takes in all that begin with 2.
    occupation_groups: frozenset[str] = frozenset()


EVERYTHING = Selection()


def month_before(at: datetime) -> datetime:
    """The same day of the month before, or its last day where it has none such."""
    year, month = (at.year, at.month - 1) if at.month > 1 else (at.year - 1, 12)
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))
