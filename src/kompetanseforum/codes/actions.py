"""Writes: reference data, built in or imported. The same rows again change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from kompetanseforum.codes.models import Industry, Municipality, OccupationGroup

_AT_ONCE = 1000

# Statistics Norway, municipalities of 2024.
_OESTFOLD = (
    ("3101", "Halden"),
    ("3103", "Moss"),
    ("3105", "Sarpsborg"),
    ("3107", "Fredrikstad"),
    ("3110", "Hvaler"),
    ("3112", "Råde"),
    ("3114", "Våler"),
    ("3116", "Skiptvet"),
    ("3118", "Indre Østfold"),
    ("3120", "Rakkestad"),
    ("3122", "Marker"),
    ("3124", "Aremark"),
)

# Islands and places on a height: one lives "på" them.
_ON = frozenset(
    {
        "1144", "1149", "1151", "1573", "1835", "1856", "1857", "3110", "3205", "3212", "3240", "3303",
        "3305", "3403", "3405", "3407", "3442", "3443", "4005", "4613", "4614", "4627", "5014", "5056",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    code: str
    name: str
    county_code: str
    county_name: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of a standard with levels; `parent_code` is empty at the top."""

    code: str
    name: str
    parent_code: str


def load_builtin_municipalities() -> None:
    """Østfold's twelve, so that the forum works at its first start."""
    store_municipalities(MunicipalityRow(code, name, "31", "Østfold") for code, name in _OESTFOLD)


def store_municipalities(rows: Iterable[MunicipalityRow]) -> int:
    """Bring the municipalities up to date; one that is not among the rows stays. Returns how many rows there were."""
    municipalities = [
        Municipality(
            code=row.code,
            name=row.name,
            county_code=row.county_code,
            county_name=row.county_name,
            preposition="på" if row.code in _ON else "i",
        )
        for row in rows
    ]
    Municipality.objects.bulk_create(
        municipalities,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "county_code", "county_name", "preposition"],
        batch_size=_AT_ONCE,
    )
    return len(municipalities)


def store_occupation_groups(rows: Iterable[CodeRow]) -> int:
    """STYRK-08 as the rows say, in place of what stood there. Returns how many."""
    groups = [OccupationGroup(code=row.code, name=row.name[:200], parent_code=row.parent_code) for row in rows]
    with transaction.atomic():
        OccupationGroup.objects.exclude(code__in=[group.code for group in groups]).delete()
        OccupationGroup.objects.bulk_create(
            groups,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "parent_code"],
            batch_size=_AT_ONCE,
        )
    return len(groups)


def store_industries(rows: Iterable[CodeRow]) -> int:
    """SN2007 as the rows say, in place of what stood there. Returns how many."""
    industries = [Industry(code=row.code, name=row.name[:200], parent_code=row.parent_code) for row in rows]
    with transaction.atomic():
        Industry.objects.exclude(code__in=[industry.code for industry in industries]).delete()
        Industry.objects.bulk_create(
            industries,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "parent_code"],
            batch_size=_AT_ONCE,
        )
    return len(industries)
