"""Files read: the official ESCO files, from disk; and what the bench has measured, which ships with the library."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from kompetanse.esco import EscoFileError, guess_version, read_classification, version_key
from kompetanse.refs import Ref
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.skills.actions import (
    Imported,
    Part,
    fail_upload,
    finish_upload,
    import_esco,
    note_progress,
    start_upload,
)
from kompetanseforum.skills.models import EscoUpload, ImportState
from kompetanseforum.skills.queries import upload_by_id

# What is being done, how much of it is done, and how much there is (0 when nobody knows yet).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One engine on one set, as `kompetanse bench linking` measured it."""

    set: str
    engine: str
    rp5: float
    mrr: float
    is_ours: bool
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """When it was measured, and the rows; of so many clauses that nobody saw, the share heard right."""

    day: date
    rows: tuple[BenchRow, ...]
    clauses: int
    clauses_right: float


@cache
def bench_figures() -> Bench:
    """The figures that `kompetanse bench linking --write` has put into the library."""
    text = files("kompetanse.linking.bench").joinpath("figures.json").read_text(encoding="utf-8")
    told = json.loads(text)
    rows = tuple(
        BenchRow(
            set=row["set"],
            engine=row["engine"],
            rp5=row["rp5"],
            mrr=row["mrr"],
            is_ours=row["engine"] == "kompetanse",
            is_seen=row["seen"],
        )
        for row in told["rows"]
    )
    aside: dict[str, float] = next((one for one in told.get("polarity", ()) if one["half"] == "aside"), {})
    return Bench(
        # After the day stands the machine, which says nothing to most people.
        day=date.fromisoformat(told["when"].split(",")[0]),
        rows=rows,
        clauses=int(aside.get("clauses", 0)),
        clauses_right=aside.get("right", 0.0),
    )


def import_esco_files(
    files: Sequence[Path], *, version: str | None = None, by: Ref | None = None, progress: Progress | None = None
) -> Imported:
    """Read the files (zips, folders or CSVs; any languages) and bring them in together, or none of them.

    The version stands in the names of the official files; `version` is for files that were renamed.
    Raises EscoFileError.
    """
    parts = []
    for number, files_of_one in _by_version(files, version=version).items():
        names = ", ".join(file.name for file in files_of_one)
        parts.append(
            Part(
                version=number,
                file_name=names,
                classification=read_classification(*files_of_one, progress=_reading(progress)),
            )
        )
    return import_esco(parts, by=by, progress=progress)


def _by_version(files: Sequence[Path], *, version: str | None) -> dict[str, list[Path]]:
    """Newest first, so that what an older version had and the newer lacks never comes in."""
    groups: dict[str, list[Path]] = {}
    for file in files:
        number = version or guess_version(file)
        try:
            key = version_key(number or "")
        except ValueError as error:
            raise EscoFileError("unknown_version", file.name) from error
        plain = ".".join(str(part) for part in (key if key[2] else key[:2]))
        groups.setdefault(plain, []).append(file)
    return dict(sorted(groups.items(), key=lambda group: version_key(group[0]), reverse=True))


def _reading(progress: Progress | None) -> Callable[[str], None] | None:
    if progress is None:
        return None
    return lambda name: progress("reading", 0, 0)


def receive_upload(
    *, file: UploadedFile[bytes], version: str, by: Ref | None, enqueue: Callable[[str], object]
) -> EscoUpload:
    """Keep an uploaded file and put its import in the queue."""
    public_id = new_public_id()
    name = Path(file.name or "esco.zip").name
    stored_as = default_storage.save(f"esco/{public_id}/{name}", file)
    return start_upload(
        public_id=public_id, file_name=name, stored_as=stored_as, version=version, by=by, enqueue=enqueue
    )


def import_upload(public_id: str) -> None:
    """Bring in an uploaded file; what went wrong stands with the upload. The file goes, whatever came of it."""
    upload = upload_by_id(public_id)
    if upload is None or upload.state in (ImportState.DONE, ImportState.UNCHANGED, ImportState.FAILED):
        return

    def tell(stage: str, done: int, total: int) -> None:
        state = ImportState.READING if stage == "reading" else ImportState.STORING
        note_progress(upload, state=state, done=done, total=total)

    by = Ref.parse(upload.by) if upload.by else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = _fetched(upload, folder=Path(folder))
            imported = import_esco_files([file], version=upload.version or None, by=by, progress=tell)
    except EscoFileError as error:
        fail_upload(upload, problem=error.code, detail=error.detail)
    else:
        finish_upload(upload, is_changed=imported.is_changed, counts=imported.counts)
    default_storage.delete(upload.stored_as)


def _fetched(upload: EscoUpload, *, folder: Path) -> Path:
    """The file on this machine's disk, under the name it came with (the language and version stand in it)."""
    copy = folder / upload.file_name
    try:
        with default_storage.open(upload.stored_as) as stored, copy.open("wb") as file:
            shutil.copyfileobj(stored, file)
    except FileNotFoundError as error:
        raise EscoFileError("not_found", upload.file_name) from error
    return copy
