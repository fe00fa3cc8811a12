"""Writes: the copy of Enhetsregisteret, batch by batch, and how far an import has come.

Each batch is a transaction of its own, and the same batch again changes nothing: an import that was killed is
begun again from the top. What the register no longer has goes only when a whole file has been read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from kompetanse.brreg import Unit
from kompetanse.refs import Ref
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.organisations.facts import OrganisationPurged, RegisterBroughtIn
from kompetanseforum.organisations.models import (
    ImportState,
    Organisation,
    Register,
    RegisterCursor,
    RegisterImport,
    RegisterUnit,
)
from kompetanseforum.organisations.queries.register import kind_of, sole_proprietors

# What the register takes away for good is gone here within a day.
ASK_EVERY = timedelta(hours=20)
_COLUMNS = (
    "name", "searchable", "form", "industry_code", "kind", "sector", "size", "municipality", "is_place",
    "parent_number", "is_closing", "seen_by",
)  # fmt: skip


def start_import(
    *,
    by: Ref | None,
    enqueue: Callable[[str], object],
    register: Register | None = None,
    file_name: str = "",
    stored_as: str = "",
    public_id: str = "",
) -> RegisterImport:
    """Note what is to come in, and put it in the queue in the same transaction."""
    now = clock.now()
    with transaction.atomic():
        row = RegisterImport.objects.create(
            public_id=public_id or new_public_id(),
            register=register or "",
            file_name=file_name[:200],
            stored_as=stored_as,
            by=str(by or ""),
            started_at=now,
            changed_at=now,
        )
        enqueue(row.public_id)
    return row


def note_import(row: RegisterImport, *, state: ImportState, done: int = 0, register: Register | None = None) -> None:
    values = {"register": register.value} if register else {}
    RegisterImport.objects.filter(pk=row.pk).update(state=state, done=done, changed_at=clock.now(), **values)


def fail_import(row: RegisterImport, *, problem: str, detail: str) -> None:
    RegisterImport.objects.filter(pk=row.pk).update(
        state=ImportState.FAILED, problem=problem[:40], problem_detail=detail[:200], changed_at=clock.now()
    )


def store_units(
    units: Sequence[Unit], *, places: Mapping[str, Municipality], kinds: dict[str, str], seen_by: int
) -> int:
    """One batch, all or nothing: new units come in, known ones are brought up to date. Returns how many."""
    doubtful = {unit.parent for unit in units if unit.is_name_doubtful}
    # The batch's own organisations count as known: they are stored with it.
    here = {unit.number for unit in units if not unit.is_sole_proprietor}
    persons = sole_proprietors(doubtful - here) if doubtful else set()
    rows = {
        unit.number: _row(
            unit,
            name="" if unit.is_name_doubtful and unit.parent in persons else unit.name,
            place=places[unit.municipality_code],
            kind=kind_of(unit.industry_code, kinds),
            seen_by=seen_by,
        )
        for unit in units
        if unit.municipality_code in places
    }
    RegisterUnit.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["organisation_number"], update_fields=_COLUMNS
    )
    return len(rows)


def _row(unit: Unit, *, name: str, place: Municipality, kind: str, seen_by: int) -> RegisterUnit:
    return RegisterUnit(
        organisation_number=unit.number,
        name=name,
        searchable=name.casefold()[:160],
        form=unit.form[:8],
        industry_code=unit.industry_code[:8],
        kind=kind,
        sector=unit.sector,
        size=unit.size,
        municipality=place,
        is_place=unit.is_place,
        parent_number=unit.parent,
        is_closing=unit.is_closing,
        seen_by=seen_by,
    )


def finish_import(row: RegisterImport, *, register: Register, counts: Mapping[str, int]) -> None:
    """What the whole file did not have goes, and the log tells that the register is new."""
    with transaction.atomic():
        gone, _by_model = (
            RegisterUnit.objects.filter(is_place=register == Register.PLACES).exclude(seen_by=row.pk).delete()
        )
        RegisterImport.objects.filter(pk=row.pk).update(
            state=ImportState.DONE,
            done=100,
            register=register,
            counts={**counts, "gone": gone},
            changed_at=clock.now(),
        )
        publish(RegisterBroughtIn(registerimport=ref(row)), by=Ref.parse(row.by) if row.by else None, about=ref(row))


def keep_cursor(register: Register, *, last_id: int) -> None:
    """We have heard all up to that change; tomorrow the register is asked again."""
    now = clock.now()
    RegisterCursor.objects.update_or_create(
        register=register, defaults={"last_id": last_id, "heard_at": now, "next_at": now + ASK_EVERY}
    )


def put_off(register: Register, *, by: timedelta) -> None:
    """Ask again after that time, no later than tomorrow."""
    RegisterCursor.objects.filter(register=register).update(next_at=clock.now() + min(by, ASK_EVERY))


def remove_units(numbers: Sequence[str]) -> int:
    """They have left the region or the register: the copies go, what was said in the forum stands."""
    gone, _by_model = RegisterUnit.objects.filter(organisation_number__in=numbers).delete()
    return gone


def purge_unit(number: str) -> None:
    """Taken away for legal reasons: no copy is left of what the register said, nor of its places of work."""
    with transaction.atomic():
        RegisterUnit.objects.filter(organisation_number=number).delete()
        RegisterUnit.objects.filter(parent_number=number).delete()
        for organisation in Organisation.objects.filter(organisation_number=number):
            organisation.name = ""
            organisation.organisation_number = None
            organisation.name_shared_at = None
            organisation.save(update_fields=["name", "organisation_number", "name_shared_at"])
            publish(OrganisationPurged(organisation=ref(organisation)), by=None, about=ref(organisation))
