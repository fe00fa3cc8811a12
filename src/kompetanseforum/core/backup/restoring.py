"""Reading a backup into an empty place: the tables as they were then, the rows, and up to today's version."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from kompetanseforum.core.backup.archive import (
    FILES,
    SECRET,
    TABLES,
    BackupError,
    Manifest,
    check_whole,
    open_archive,
    read_manifest,
    stored_files,
)
from kompetanseforum.core.backup.rows import apps_at, models_of, write_rows
from kompetanseforum.core.first_tables import has_tables, make_first_tables
from kompetanseforum.core.text_index import make_all_anew


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    # The secret of the settings is another than the backup's: links given out before do not open.
    has_other_secret: bool


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Read the backup into this installation's database and files. No server may run on it meanwhile.

    A place with a forum in it is refused unless `replace`. The database is the last thing that changes: SQLite's
    file is swapped whole, PostgreSQL's rows come in one transaction. One that was interrupted is run again.
    Raises BackupError; what a damaged or too new file would bring is found out before anything is touched.
    """
    with open_archive(path) as archive:
        manifest = read_manifest(archive)
        try:
            apps_at(manifest.migrations)
        except KeyError as error:
            raise BackupError(
                f"This backup was made by a later version ({manifest.version}). Install that one."
            ) from error
        check_whole(archive, manifest)
        if has_tables() and not replace:
            raise BackupError(
                "There is a forum here already. Choose an empty place, or say --replace to lose this one."
            )
        _bring_files(archive, manifest)
        other_secret = _bring_secret(archive.read(SECRET).decode())
        with _fresh_database():
            _bring_rows(archive, manifest)
        _remove_other_files(manifest)
    return Restored(manifest=manifest, has_other_secret=other_secret)


def _bring_rows(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    targets = [(app, name) for app, names in manifest.migrations.items() for name in names]
    executor = MigrationExecutor(connection)
    if set(targets) == set(executor.loader.graph.leaf_nodes()):
        make_first_tables()
    else:
        executor.migrate(targets)
    models = models_of(apps_at(manifest.migrations))
    with transaction.atomic():
        # A migration may have put rows of its own there.
        for model in models:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 our own name
        for model in models:
            _bring_table(archive, model)
        with connection.cursor() as cursor:
            for line in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(line)
        make_all_anew()


def _bring_table(archive: zipfile.ZipFile, model: type[Model]) -> None:
    with archive.open(f"{TABLES}{model._meta.label_lower}.jsonl") as member:
        write_rows(model, io.TextIOWrapper(member, encoding="utf-8", errors="surrogatepass", newline="\n"))


@contextmanager
def _fresh_database() -> Iterator[None]:
    """An empty database inside the block; at its end it is the forum's."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        yield
        return
    here = Path(str(connection.settings_dict["NAME"]))
    beside = here.with_name(here.name + ".restoring")
    _remove_database(beside)
    connection.close()
    connection.settings_dict["NAME"] = str(beside)
    try:
        yield
        with connection.cursor() as cursor:
            # All of it into the one file that is moved.
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = here
    _remove_database(here)
    beside.rename(here)
    _remove_database(beside)


def _remove_database(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _bring_files(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for member in manifest.parts:
        if member.startswith(FILES):
            name = member.removeprefix(FILES)
            if default_storage.exists(name):
                default_storage.delete(name)
            with archive.open(member) as content:
                default_storage.save(name, File(content))


def _remove_other_files(manifest: Manifest) -> None:
    """Those of the forum that was here before."""
    for name in list(stored_files()):
        if FILES + name not in manifest.parts:
            default_storage.delete(name)


def _bring_secret(secret: str) -> bool:
    """Whether the settings go on with another one."""
    kept = Path(settings.DATA_DIR) / "secret"
    if secret == settings.SECRET_KEY:
        return False
    if not kept.exists() or kept.read_text().strip() != settings.SECRET_KEY:
        return True  # it is set in KF_SECRET_KEY, which is the operator's to change
    made = kept.with_suffix(".restoring")
    made.touch(mode=0o600)
    made.write_text(secret)
    made.rename(kept)
    return False
