"""A built index on disk: a folder of plain arrays with a manifest that says what it is and how each file must read.

Arrays are memory-mapped, so processes on one machine share them. The manifest is written last and carries every
file's SHA-256: a folder without it is half built, one whose files differ is broken, and both are refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# Rises when an older engine could not read what a newer one builds, or the other way round.
FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
ATTRIBUTION: Final = (
    "This service uses the ESCO classification of the European Commission. "
    "Norwegian labels and everyday words of the starter vocabulary are our own and no part of ESCO."
)
_REBUILD: Final = "Build it anew: kompetanse index build --esco DIR --out {folder}"
_BYTES_AT_ONCE: Final = 1 << 20


class BrokenIndex(ValueError):
    """An index that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`concepts` how many; `built` what else the builder wants to tell (seed, plan, sources)."""

    languages: tuple[str, ...]
    concepts: int
    built: Mapping[str, Any]  # plain JSON of the builder's own


def write_index(
    folder: Path, *, manifest: Manifest, arrays: Mapping[str, NDArray[Any]], lines: Mapping[str, Sequence[str]]
) -> None:
    """Writes `NAME.npy` for each array and `NAME.txt` for each list of lines, and the manifest at the very end."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    names = []
    for name, array in sorted(arrays.items()):
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
        names.append(f"{name}.npy")
    for name, texts in sorted(lines.items()):
        (folder / f"{name}.txt").write_bytes("\n".join(texts).encode("utf-8", "surrogatepass"))
        names.append(f"{name}.txt")
    told = {
        "format": FORMAT,
        "attribution": ATTRIBUTION,
        "languages": sorted(manifest.languages),
        "concepts": manifest.concepts,
        "built": manifest.built,
        "files": {name: _sha256(folder / name) for name in names},
    }
    waiting = folder / f"{MANIFEST}.part"
    waiting.write_text(json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    waiting.replace(folder / MANIFEST)


class StoredIndex:
    """The files of a folder that has been checked. Raises BrokenIndex."""

    def __init__(self, folder: Path, *, is_trusted: bool = False) -> None:
        """`is_trusted` leaves out the reading of every byte, where the same process has just done it."""
        self.folder = folder
        self.manifest, self.files = _read_manifest(folder)
        for name, wanted in self.files.items():
            file = folder / name
            if not file.is_file():
                raise BrokenIndex(f"The index in {folder} lacks {name}. {_REBUILD.format(folder=folder)}")
            if not is_trusted and _sha256(file) != wanted:
                raise BrokenIndex(f"{name} in {folder} is not what was built. {_REBUILD.format(folder=folder)}")

    def array(self, name: str) -> NDArray[Any]:
        """Mapped, not read: pages that nobody asks for take no memory."""
        # As a plain array: a memmap spends more on each slice than on what it slices.
        return np.asarray(np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

    def lines(self, name: str) -> tuple[str, ...]:
        text = (self.folder / f"{name}.txt").read_bytes().decode("utf-8", "surrogatepass")
        return tuple(text.split("\n")) if text else ()

    def has(self, name: str) -> bool:
        return f"{name}.npy" in self.files or f"{name}.txt" in self.files


def _read_manifest(folder: Path) -> tuple[Manifest, Mapping[str, str]]:
    again = _REBUILD.format(folder=folder)
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise BrokenIndex(f"The index in {folder} was built by another version of the engine. {again}")
        manifest = Manifest(tuple(told["languages"]), int(told["concepts"]), dict(told["built"]))
        return manifest, {str(name): str(digest) for name, digest in told["files"].items()}
    except FileNotFoundError as error:
        what = "is only half built" if folder.is_dir() and any(folder.iterdir()) else "does not exist"
        raise BrokenIndex(f"The index in {folder} {what}. {again}") from error
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BrokenIndex(f"The manifest of the index in {folder} cannot be read. {again}") from error


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while data := stream.read(_BYTES_AT_ONCE):
            digest.update(data)
    return digest.hexdigest()
