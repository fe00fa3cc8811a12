"""Writes: organisations, and the kinds they come in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from django.db import connection, transaction

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.organisations.models import Kind, Organisation, RegisterUnit
from kompetanseforum.organisations.queries import forget_kinds, organisation_named, unit_named
from kompetanseforum.organisations.queries.register import SOLE_PROPRIETOR

# PostgreSQL's advisory locks are numbers; these are the organisations'.
_LOCKS = 1
_OF_A_KIND = ("industry_code", "text_nb", "text_nn", "text_en")


def load_kinds(rows: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Key, industry code and the text in bokmål, nynorsk and English; existing keys are brought up to date."""
    there = set(Kind.objects.values_list("key", *_OF_A_KIND))
    changed = [row for row in rows if row not in there]
    Kind.objects.bulk_create(
        [Kind(key=key, **dict(zip(_OF_A_KIND, told, strict=True))) for key, *told in changed],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=_OF_A_KIND,
    )
    forget_kinds()


def add_organisation(
    *,
    name: str,
    kind: str = "other",
    sector: str = "",
    size: str = "",
    municipality: Municipality | None = None,
    organisation_number: str | None = None,
) -> Organisation:
    return Organisation.objects.create(
        name=name,
        kind=kind or "other",
        sector=sector,
        size=size,
        municipality=municipality,
        organisation_number=organisation_number,
        registered_at=clock.now(),
    )


def find_or_add_organisation(
    *, name: str, kind: str = "other", sector: str = "", size: str = "", municipality: Municipality | None = None
) -> Organisation:
    """The organisation of that name in that municipality, or of that number; or a new one.

    What the register says of it is believed. What somebody says of a known organisation fills its empty fields and
    never overwrites what is known: whoever types a name is not yet shown to speak for it.
    """
    unit = unit_named(name, municipality=municipality)
    known = _known(name, unit=unit, municipality=municipality)
    if known is None:
        with transaction.atomic():
            _wait_for_others_of(name)
            # The same firm may have come twice in one moment.
            known = _known(name, unit=unit, municipality=municipality)
            if known is None and unit is not None:
                return _add_from_register(unit)
            if known is None:
                return add_organisation(
                    name=name.strip(), kind=kind, sector=sector, size=size, municipality=municipality
                )
    if unit is not None:
        kind, sector, size = unit.kind, unit.sector, unit.size
    _fill(known, kind=kind, sector=sector, size=size, number=unit.organisation_number if unit else None)
    return known


def _known(name: str, *, unit: RegisterUnit | None, municipality: Municipality | None) -> Organisation | None:
    if unit is not None:
        by_number = Organisation.objects.filter(organisation_number=unit.organisation_number).first()
        if by_number is not None or not unit.name:
            return by_number
    named = organisation_named(name, municipality=municipality or (unit.municipality if unit else None))
    # A number of another unit: they only share a name.
    is_other = unit is not None and named is not None and named.organisation_number is not None
    return None if is_other else named


def _add_from_register(unit: RegisterUnit) -> Organisation:
    return Organisation.objects.create(
        name=unit.name,
        kind=unit.kind,
        sector=unit.sector,
        size=unit.size,
        municipality=unit.municipality,
        organisation_number=unit.organisation_number,
        is_sole_proprietor=unit.form == SOLE_PROPRIETOR,
        registered_at=clock.now(),
    )


def _fill(known: Organisation, *, kind: str, sector: str, size: str, number: str | None) -> None:
    said = {
        "sector": sector if not known.sector else "",
        "size": size if not known.size else "",
        "kind": kind if known.kind == "other" and kind != "other" else "",
        "organisation_number": number if not known.organisation_number else "",
    }
    filled = [field for field, value in said.items() if value]
    for field in filled:
        setattr(known, field, said[field])
    if filled:
        known.save(update_fields=filled)


def _wait_for_others_of(name: str) -> None:
    """Until the transaction ends nobody else adds a firm of that name. (In SQLite a transaction stops all others.)"""
    if connection.vendor == "postgresql":
        key = zlib.crc32(name.strip().casefold().encode("utf-8", "replace"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, key - 2**31])
