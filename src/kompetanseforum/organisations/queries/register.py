"""Reads: the copy of Enhetsregisteret, and how far its imports have come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kompetanse.brreg import plain_number
from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.organisations.models import (
    ImportState,
    Kind,
    Organisation,
    Register,
    RegisterCursor,
    RegisterImport,
    RegisterUnit,
)

SOLE_PROPRIETOR = "ENK"
# A million units take a few minutes. After this much silence the one who imported has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=20)
# A query takes no more numbers than this.
_AT_ONCE = 500
# Fewer letters name half the register.
FEWEST_LETTERS = 3
_ENDED = (ImportState.DONE, ImportState.FAILED)

# Industry codes that SN2025 gave a new number, for the kinds that are known by the old one.
_RENUMBERED = {"25.53": "25.62", "45.20": "45.20", "95.31": "45.20", "96.21": "96.02", "62.10": "62", "86.95": "86.90"}


def region() -> dict[str, Municipality]:
    """Code → municipality, for those of the forum's county."""
    return {place.code: place for place in municipalities(county_code=this_forum().county_code)}


def kinds_by_industry() -> dict[str, str]:
    """Industry code → the everyday kind of workplace; the first of those that share a code."""
    rows = Kind.objects.exclude(industry_code="").order_by("-pk").values_list("industry_code", "key")
    return dict(rows)


def kind_of(industry_code: str, kinds: dict[str, str]) -> str:
    """`25.620` → `workshop`: by class, else by division; "other" for what has no everyday word here."""
    code = _RENUMBERED.get(industry_code[:5], industry_code[:5])
    return kinds.get(code) or kinds.get(code[:2]) or "other"


def sole_proprietors(numbers: Collection[str]) -> set[str]:
    """Those of the numbers that are known to be one, or are not known at all: their places' names may be a person's."""
    others = RegisterUnit.objects.filter(organisation_number__in=numbers).exclude(form=SOLE_PROPRIETOR)
    return set(numbers) - set(others.values_list("organisation_number", flat=True))


def _in_use() -> QuerySet[RegisterUnit]:
    return RegisterUnit.objects.select_related("municipality").filter(is_closing=False)


def units_like(typed: str, *, most: int = 6) -> list[RegisterUnit]:
    """What somebody who types this may mean: organisations before places of work, the beginning before the middle."""
    words = " ".join(typed.casefold().split())
    if number := plain_number(words):
        return list(_in_use().filter(organisation_number=number))
    if len(words) < FEWEST_LETTERS:
        return []
    begins = Q(searchable__startswith=words)
    found = _in_use().filter(begins | Q(searchable__contains=f" {words}")).annotate(
        order=Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())
    )  # fmt: skip
    return list(found.order_by("order", "is_place", "searchable", "pk")[:most])


def unit_named(typed: str, *, municipality: Municipality | None) -> RegisterUnit | None:
    """The one unit that is called exactly this (in the municipality), or has this number; None when it may be several."""
    if number := plain_number(typed):
        return _in_use().filter(organisation_number=number).first()
    found = _in_use().filter(searchable=" ".join(typed.casefold().split())).exclude(searchable="")
    if municipality is not None:
        found = found.filter(municipality=municipality)
    rows = list(found.order_by("is_place", "pk")[:2])
    # An organisation and its one place of work often share a name; then the organisation is meant.
    if len(rows) == 2 and not (rows[1].is_place and rows[1].parent_number == rows[0].organisation_number):
        return None
    return rows[0] if rows else None


def places_of(organisation_number: str | None) -> list[RegisterUnit]:
    if not organisation_number:
        return []
    return list(_in_use().filter(parent_number=organisation_number, is_place=True).order_by("municipality__name", "pk"))


def known_numbers(numbers: Sequence[str]) -> set[str]:
    """Those of the numbers that we have something of, in the copy or in the forum."""
    found: set[str] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        copies = RegisterUnit.objects.filter(organisation_number__in=some)
        found.update(copies.values_list("organisation_number", flat=True))
        ours = Organisation.objects.filter(organisation_number__in=some)
        found.update(number for number in ours.values_list("organisation_number", flat=True) if number)
    return found


# Imports


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the register, as it stands here."""

    register: Register
    units: int
    # The last import that ended well, and when the register was last asked what has changed.
    last: RegisterImport | None
    cursor: RegisterCursor | None


def halves() -> list[Half]:
    done = RegisterImport.objects.filter(state=ImportState.DONE).order_by("-started_at")
    return [
        Half(
            register=register,
            units=RegisterUnit.objects.filter(is_place=register == Register.PLACES).count(),
            last=done.filter(register=register).first(),
            cursor=RegisterCursor.objects.filter(register=register).first(),
        )
        for register in Register
    ]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    state: str
    done: int
    # Started, not ended, and silent for long.
    is_stopped: bool

    @property
    def is_ended(self) -> bool:
        return self.is_stopped or self.state in _ENDED


def import_by_id(public_id: str) -> RegisterImport | None:
    return RegisterImport.objects.filter(public_id=public_id).first()


def progress_of(row: RegisterImport) -> ImportProgress:
    is_running = row.state in (ImportState.FETCHING, ImportState.STORING)
    return ImportProgress(
        state=row.state, done=row.done, is_stopped=is_running and clock.now() - row.changed_at > GIVEN_UP_AFTER
    )


def is_ended(row: RegisterImport) -> bool:
    return row.state in _ENDED


def registers_to_ask() -> list[Register]:
    """Those that should be asked for changes now."""
    due = RegisterCursor.objects.filter(clock.is_due("next_at", longest=timedelta(days=1)))
    return [Register(register) for register in due.values_list("register", flat=True)]
