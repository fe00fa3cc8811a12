"""ESCO's version numbers: guessed from a file's name, and put in order."""

from __future__ import annotations

import re
from pathlib import Path

_IN_A_NAME = re.compile(r"(?<![a-z0-9])v\.?\s?(\d+(?:\.\d+){1,2})", re.IGNORECASE)
_VERSION = re.compile(r"v?(\d+(?:\.\d+){0,2})", re.IGNORECASE)


def guess_version(path: Path | str) -> str | None:
    """ "1.1.1" from `ESCO dataset - v1.1.1 - classification - nb - csv.zip`, or from the folder it lies in."""
    for name in (Path(path).name, Path(path).parent.name):
        match = _IN_A_NAME.search(name)
        if match:
            return match.group(1)
    return None


def version_key(version: str) -> tuple[int, ...]:
    """Sorts versions: 1.0.8 < 1.1 < 1.1.1 < 1.2. Raises ValueError for what is no version."""
    match = _VERSION.fullmatch(version.strip())
    if match is None:
        raise ValueError(f"not a version of ESCO: {version!r}")
    numbers = [int(part) for part in match.group(1).split(".")]
    # "1.1" and "1.1.0" are the same version.
    return tuple(numbers + [0] * (3 - len(numbers)))
