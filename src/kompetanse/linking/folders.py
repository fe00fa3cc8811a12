"""Where what is made once of other people's words is kept, so that each process need not make it anew."""

from __future__ import annotations

from pathlib import Path

_folders: list[Path] = []


def keep_dictionaries_in(folder: Path) -> None:
    """Dictionaries opened from now on are packed in files of this folder, and shared by all processes that read it."""
    _folders[:] = [folder]


def dictionary_folder() -> Path | None:
    """The folder given; None where each process packs its own in memory."""
    return _folders[0] if _folders else None
