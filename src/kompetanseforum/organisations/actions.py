"""Writes: organisations, and the kinds they come in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from django.db import connection, transaction

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.organisations.models import Kind, Organisation
from kompetanseforum.organisations.queries import forget_kinds, organisation_named

# PostgreSQL's advisory locks are numbers; these are the organisations'.
_LOCKS = 1


def load_kinds(rows: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Key, industry code and the text in bokmål, nynorsk and English; existing keys are brought up to date."""
    kinds = [
        Kind(key=key, industry_code=industry, text_nb=nb, text_nn=nn, text_en=en) for key, industry, nb, nn, en in rows
    ]
    Kind.objects.bulk_create(
        kinds,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["industry_code", "text_nb", "text_nn", "text_en"],
    )
    forget_kinds()


def add_organisation(
    *, name: str, kind: str = "other", sector: str = "", size: str = "", municipality: Municipality | None = None
) -> Organisation:
    return Organisation.objects.create(
        name=name, kind=kind or "other", sector=sector, size=size, municipality=municipality, registered_at=clock.now()
    )


def find_or_add_organisation(
    *, name: str, kind: str = "other", sector: str = "", size: str = "", municipality: Municipality | None = None
) -> Organisation:
    """The organisation of that name in that municipality, or a new one.

    What is said of a known organisation fills its empty fields and never overwrites what is known: whoever
    types a name is not yet shown to speak for it.
    """
    known = organisation_named(name, municipality=municipality)
    if known is None:
        with transaction.atomic():
            _wait_for_others_of(name)
            # The same firm may have come twice in one moment.
            known = organisation_named(name, municipality=municipality)
            if known is None:
                return add_organisation(
                    name=name.strip(), kind=kind, sector=sector, size=size, municipality=municipality
                )
    said = {"sector": sector, "size": size, "kind": kind if known.kind == "other" else ""}
    filled = [field for field, value in said.items() if value and (field == "kind" or not getattr(known, field))]
    for field in filled:
        setattr(known, field, said[field])
    if filled:
        known.save(update_fields=filled)
    return known


def _wait_for_others_of(name: str) -> None:
    """Until the transaction ends nobody else adds a firm of that name. (In SQLite a transaction stops all others.)"""
    if connection.vendor == "postgresql":
        key = zlib.crc32(name.strip().casefold().encode("utf-8", "replace"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, key - 2**31])
