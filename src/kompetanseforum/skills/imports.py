"""Files read: the official ESCO files, from disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kompetanse.esco import EscoFileError, guess_version, read_classification, version_key
from kompetanse.refs import Ref
from kompetanseforum.skills.actions import Imported, Part, import_esco

# What is being done, how much of it is done, and how much there is (0 when nobody knows yet).
Progress = Callable[[str, int, int], None]


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
