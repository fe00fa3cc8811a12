"""A catalogue that a coordinator sends: kept, checked, and stored when somebody has seen what it would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from kompetanse.refs import Ref
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.offers.actions import bring_offers
from kompetanseforum.offers.actions.uploads import (
    ProblemRow,
    fail_upload,
    finish_upload,
    note_checked,
    note_progress,
    start_upload,
)
from kompetanseforum.offers.imports.catalogue import Catalogue, read_catalogue
from kompetanseforum.offers.imports.problems import CatalogueError, Problem
from kompetanseforum.offers.models import OfferUpload, UploadState
from kompetanseforum.offers.queries.comparing import compare_offers
from kompetanseforum.offers.queries.uploads import source_of, upload_by_id, uploads_left

# Smaller files are checked while one waits.
CHECKED_AT_ONCE_BYTES = 300_000


def receive_catalogue(
    *, file: UploadedFile[bytes], name: str, by: Ref | None, enqueue: Callable[[str], object]
) -> OfferUpload:
    """Keep the file and check it: at once when it is small, else by a job."""
    for left in uploads_left():
        default_storage.delete(left.stored_as)
        fail_upload(left, problem=_row(CatalogueError("gone").problem))
    public_id = new_public_id()
    file_name = PurePath(file.name or "offers.csv").name
    stored_as = default_storage.save(f"offers/{public_id}/{file_name}", file)
    upload = start_upload(
        public_id=public_id,
        file_name=file_name,
        stored_as=stored_as,
        source=source_of(name),
        provider=name.strip(),
        by=by,
    )
    if (file.size or 0) <= CHECKED_AT_ONCE_BYTES:
        check_upload(public_id)
        upload.refresh_from_db()
    else:
        enqueue(public_id)
    return upload


def check_upload(public_id: str) -> None:
    """What the file holds and what it would change; nothing of it is stored yet."""
    upload = upload_by_id(public_id)
    if upload is None or upload.state != UploadState.CHECKING:
        return
    try:
        catalogue = _read(upload)
    except CatalogueError as error:
        fail_upload(upload, problem=_row(error.problem))
        default_storage.delete(upload.stored_as)
        return
    tally = compare_offers(catalogue.offers, source=upload.source)
    note_checked(
        upload, counts=asdict(tally) | _counts(catalogue), problems=[_row(problem) for problem in catalogue.problems]
    )


def bring_upload(public_id: str) -> None:
    """Store the rows that can be stored, all or none of them. The file goes, whatever came of it."""
    upload = upload_by_id(public_id)
    if upload is None or upload.state != UploadState.STORING:
        return
    try:
        catalogue = _read(upload)
    except CatalogueError as error:
        fail_upload(upload, problem=_row(error.problem))
    else:
        tally = bring_offers(
            offers=catalogue.offers,
            source=upload.source,
            by=Ref.parse(upload.by) if upload.by else None,
            progress=lambda done, total: note_progress(upload, done=done, total=total),
        )
        finish_upload(upload, counts=asdict(tally) | _counts(catalogue))
    default_storage.delete(upload.stored_as)


def _read(upload: OfferUpload) -> Catalogue:
    try:
        with default_storage.open(upload.stored_as) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise CatalogueError("gone") from error
    return read_catalogue(
        content,
        file_name=upload.file_name,
        provider=upload.provider,
        progress=lambda rows: note_progress(upload, done=rows, total=0),
    )


def _counts(catalogue: Catalogue) -> dict[str, int]:
    return {"errors": len({problem.row for problem in catalogue.problems}), "rows": catalogue.rows}


def _row(problem: Problem) -> ProblemRow:
    return (problem.row, problem.column, problem.code, problem.detail)
