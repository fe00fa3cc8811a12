"""The file of a backup: what lies in it under which name, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage

# A reader refuses a file of a later form than it knows.
FORM = 1
MANIFEST, SECRET, TABLES, FILES = "manifest.json", "secret", "tables/", "files/"
_PIECE_BYTES = 1 << 20


class BackupError(Exception):
    """The file is no backup that can be read here; says why and what to do, for whoever runs the command."""


@dataclass(frozen=True, slots=True)
class Part:
    """A member of the file: how many rows (0 for a file) and its SHA-256."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    form: int
    version: str
    made_at: str
    # App → the last migrations made there, by name.
    migrations: dict[str, list[str]]
    # Member of the file → what it holds.
    parts: dict[str, Part]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts.values())

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Raises BackupError for a zip that is something else, or of a later form."""
    try:
        told = json.loads(archive.read(MANIFEST))
        parts = {name: Part(**part) for name, part in told.pop("parts").items()}
        manifest = Manifest(**told, parts=parts)
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        raise BackupError("This is not a backup made by `kompetanseforum backup`.") from error
    if manifest.form > FORM:
        raise BackupError(f"This backup was made by a later version ({manifest.version}). Install that one first.")
    return manifest


def open_archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise BackupError(f"{path} cannot be read: it is no backup, or only a part of one.") from error


def check_whole(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every part is there, and is what was written. Raises BackupError."""
    here = set(archive.namelist())
    for name, part in manifest.parts.items():
        if name not in here:
            raise BackupError(f"The backup lacks {name}. Use another copy.")
        try:
            with archive.open(name) as member:
                found = hashlib.sha256()
                for piece in pieces(member):
                    found.update(piece)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
            raise BackupError(f"The backup is damaged at {name}. Use another copy.") from error
        if found.hexdigest() != part.sha256:
            raise BackupError(f"The backup is damaged at {name}. Use another copy.")


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE_BYTES):
        yield piece


def stored_files(folder: str = "") -> Iterator[str]:
    """The names of all that people have uploaded."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    for name in sorted(names):
        yield f"{folder}/{name}" if folder else name
    for inner in sorted(folders):
        yield from stored_files(f"{folder}/{inner}" if folder else inner)
