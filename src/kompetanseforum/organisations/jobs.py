"""What the worker does with Enhetsregisteret: bring in a file, fetch all of it, or hear what has changed."""

from __future__ import annotations

import tempfile
from datetime import timedelta

from django_tasks import task

from kompetanse.brreg import BrregError
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Busy, Gone, OutgoingError
from kompetanseforum.organisations.actions.register import (
    ASK_EVERY,
    fail_import,
    keep_cursor,
    note_import,
    purge_unit,
    put_off,
    remove_units,
    store_units,
)
from kompetanseforum.organisations.clients import Brreg, brreg
from kompetanseforum.organisations.imports import import_register, import_upload
from kompetanseforum.organisations.models import ImportState, Register, RegisterCursor
from kompetanseforum.organisations.queries.register import (
    import_by_id,
    is_ended,
    kinds_by_industry,
    known_numbers,
    region,
    registers_to_ask,
)

# Until the register is asked again when it did not answer.
_SOON_SECONDS = 3600


@task()
def import_file(public_id: str) -> None:
    import_upload(public_id)


@task()
def fetch_all(public_id: str) -> None:
    """One half of the register, from the register itself."""
    row = import_by_id(public_id)
    if row is None or is_ended(row):
        return
    register, client = Register(row.register), brreg()
    note_import(row, state=ImportState.FETCHING)
    try:
        # Asked before the file is fetched, and a day back: no change falls between the two.
        first = client.first_change(register, since=clock.now() - timedelta(days=1))
        with tempfile.TemporaryFile() as file:
            client.download(register, to=file)
            size = file.tell()
            file.seek(0)
            is_in = import_register(row, file, size=size)
    except OutgoingError as error:
        fail_import(row, problem="no_answer", detail=error.host)
    except BrregError as error:
        fail_import(row, problem=error.code, detail=error.detail)
    else:
        if is_in and first is not None:
            keep_cursor(register, last_id=first - 1)


@task()
def hear_changes(register: str) -> None:
    """What has changed since last: new units come, changed ones follow, those taken away go."""
    cursor = RegisterCursor.objects.get(register=register)
    client, half, last_id = brreg(), Register(register), cursor.last_id
    try:
        while changes := client.changes(half, after=last_id):
            _bring_up_to_date(client, half, list(dict.fromkeys(change.number for change in changes)))
            last_id = max(change.id for change in changes)
            keep_cursor(half, last_id=last_id)
    except Busy as error:
        put_off(half, by=timedelta(seconds=max(error.wait_seconds or 0, _SOON_SECONDS)))
        raise
    except OutgoingError:
        put_off(half, by=timedelta(seconds=_SOON_SECONDS))
        raise
    keep_cursor(half, last_id=last_id)


def ask_when_due() -> bool:
    """What the worker does again and again."""
    due = registers_to_ask()
    for register in due:
        put_off(register, by=ASK_EVERY)
        hear_changes.enqueue(register.value)
    return bool(due)


def _bring_up_to_date(client: Brreg, register: Register, numbers: list[str]) -> None:
    """The register is asked of all that changed in the country, and of ours once more when it no longer has them."""
    places, kinds = region(), kinds_by_industry()
    found = {unit.number: unit for unit in client.units(register, numbers)}
    here = [unit for unit in found.values() if unit.municipality_code in places]
    store_units(here, places=places, kinds=kinds, seen_by=0)
    ours = known_numbers(numbers)
    remove_units([number for number in ours & found.keys() if found[number].municipality_code not in places])
    for number in sorted(ours - found.keys()):
        try:
            unit = client.unit(register, number)
        except Gone:
            purge_unit(number)
            continue
        if unit is None or unit.municipality_code not in places:
            remove_units([number])
        else:
            store_units([unit], places=places, kinds=kinds, seen_by=0)
