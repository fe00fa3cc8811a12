"""Writing a backup: one moment of the database, all stored files, the secret."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction

from kompetanseforum import __version__
from kompetanseforum.core import clock
from kompetanseforum.core.backup.archive import (
    FILES,
    FORM,
    MANIFEST,
    SECRET,
    TABLES,
    BackupError,
    Manifest,
    Part,
    pieces,
    stored_files,
)
from kompetanseforum.core.backup.rows import applied_migrations, apps_at, lines_of, models_of


def write_backup(path: Path) -> Manifest:
    """The whole forum into a new file, readable by its owner alone. The server may run meanwhile.

    Raises BackupError when there is a file already, or nothing to keep. Nothing stands there until all does.
    """
    if path.exists():
        raise BackupError(f"{path} is there already. Choose another name.")
    unfinished = path.with_name(path.name + ".part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            manifest = _write(archive)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _note_of_last().write_text(manifest.made_at)
    return manifest


def last_backup_at() -> datetime | None:
    """When this forum was last kept, as far as this machine knows."""
    note = _note_of_last()
    return datetime.fromisoformat(note.read_text()) if note.exists() else None


def _note_of_last() -> Path:
    return Path(settings.DATA_DIR) / "last-backup"


def _write(archive: zipfile.ZipFile) -> Manifest:
    parts: dict[str, Part] = {}
    with _one_moment():
        migrations = applied_migrations()
        if not migrations:
            raise BackupError("There is no forum here yet. Is KF_DATA_DIR or KF_DATABASE_URL right?")
        for model in models_of(apps_at(migrations)):
            name = f"{TABLES}{model._meta.label_lower}.jsonl"
            lines = (line.encode("utf-8", "surrogatepass") for line in lines_of(model))
            parts[name] = _add(archive, name, lines, has_rows=True)
    for name in stored_files():
        with default_storage.open(name) as file:
            parts[FILES + name] = _add(archive, FILES + name, pieces(file))
    parts[SECRET] = _add(archive, SECRET, [settings.SECRET_KEY.encode()])
    manifest = Manifest(
        form=FORM,
        version=__version__,
        made_at=clock.now().isoformat(),
        migrations=migrations,
        parts=parts,
    )
    archive.writestr(MANIFEST, manifest.as_bytes())
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """All tables as they stood at one moment, whatever is written meanwhile."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # A reader of SQLite's write-ahead log stops nobody, unless it asks for the right to write as our transactions do.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add(archive: zipfile.ZipFile, name: str, content: Iterable[bytes], *, has_rows: bool = False) -> Part:
    found, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in content:
            member.write(piece)
            found.update(piece)
            count += 1
    return Part(rows=max(0, count - 1) if has_rows else 0, sha256=found.hexdigest())
