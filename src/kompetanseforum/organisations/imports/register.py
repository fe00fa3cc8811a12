"""Files read: Enhetsregisteret's bulk files, streamed into the copy of the region's units."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from kompetanse.brreg import BrregError, Unit, read_units
from kompetanse.refs import Ref
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.organisations.actions.register import (
    fail_import,
    finish_import,
    note_import,
    start_import,
    store_units,
)
from kompetanseforum.organisations.models import ImportState, Register, RegisterImport, RegisterUnit
from kompetanseforum.organisations.queries.register import import_by_id, is_ended, kinds_by_industry, region

AT_ONCE = 1000
# A whole file with less than half of what was here is not the whole file.
_MUCH_IS_MISSING = 0.5


class Job(Protocol):
    """The job that imports; whoever shows the form gives it, since views and jobs are strangers."""

    def enqueue(self, public_id: str) -> object: ...


def receive_upload(*, file: UploadedFile[bytes], by: Ref | None, job: Job) -> RegisterImport:
    """Keep an uploaded file and put its import in the queue."""
    public_id = new_public_id()
    name = Path(file.name or "enheter.json.gz").name
    stored_as = default_storage.save(f"register/{public_id}/{name}", file)
    return start_import(public_id=public_id, file_name=name, stored_as=stored_as, by=by, enqueue=job.enqueue)


def import_upload(public_id: str) -> None:
    """Bring in an uploaded file; what went wrong stands with the import. The file goes, whatever came of it."""
    row = import_by_id(public_id)
    if row is None or is_ended(row):
        return
    try:
        with default_storage.open(row.stored_as) as file:
            import_register(row, file, size=file.size)
    except FileNotFoundError:
        fail_import(row, problem="not_found", detail=row.file_name)
    default_storage.delete(row.stored_as)


def import_file(path: Path) -> RegisterImport:
    """A file on this machine's disk, at once; what went wrong stands with the import."""
    row = start_import(file_name=path.name, by=None, enqueue=lambda _public_id: None)
    with path.open("rb") as file:
        import_register(row, file, size=path.stat().st_size)
    row.refresh_from_db()
    return row


def import_register(row: RegisterImport, file: IO[bytes], *, size: int) -> bool:
    """The region's units of a bulk file, batch by batch. False when something went wrong: it stands with the import."""
    try:
        register, counts = _store_all(row, file, size=size)
        _check_size(register, seen=counts["stored"])
    except BrregError as error:
        fail_import(row, problem=error.code, detail=error.detail)
        return False
    finish_import(row, register=register, counts=counts)
    return True


def _store_all(row: RegisterImport, file: IO[bytes], *, size: int) -> tuple[Register, dict[str, int]]:
    places, kinds = region(), kinds_by_industry()
    read = stored = 0
    register: Register | None = None
    for batch in _batches(read_units(file)):
        read += len(batch)
        register = register or (Register.PLACES if batch[0].is_place else Register.UNITS)
        if any(unit.is_place != (register == Register.PLACES) for unit in batch):
            raise BrregError("not_the_register", "enheter + underenheter")
        here = [unit for unit in batch if unit.municipality_code in places]
        stored += store_units(here, places=places, kinds=kinds, seen_by=row.pk) if here else 0
        percent = min(99, 100 * file.tell() // size) if size else 0
        note_import(row, state=ImportState.STORING, done=percent, register=register)
    if register is None:
        raise BrregError("not_the_register", "[]")
    return register, {"read": read, "stored": stored}


def _batches(units: Iterator[Unit]) -> Iterator[list[Unit]]:
    while batch := list(islice(units, AT_ONCE)):
        yield batch


def _check_size(register: Register, *, seen: int) -> None:
    here = RegisterUnit.objects.filter(is_place=register == Register.PLACES).count()
    if seen < here * _MUCH_IS_MISSING:
        raise BrregError("much_is_missing", f"{seen} / {here}")
