"""Files read: the demo forum's boards, and what people hand in with a note."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePath
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kompetanseforum.core.refs import new_public_id


@dataclass(frozen=True, slots=True)
class DemoBoard:
    title: str
    occasion: str
    pattern: str
    days_ago: int
    language: str
    by: str
    columns: list[str]
    # The phase it has come to.
    phase: int
    # Sector → how many came.
    guests: dict[str, int]
    # (column, group or "", sector, text)
    notes: list[tuple[int, str, str, str]]
    # (the note's text, sector, text)
    comments: list[tuple[str, str, str]]
    # Options by their text, most liked first.
    favourites: list[str]
    became: list[str]
    need: str
    people: int
    is_ended: bool


def demo_boards() -> list[DemoBoard]:
    with resources.files(__package__).joinpath("demo.toml").open("rb") as file:
        rows: dict[str, list[dict[str, Any]]] = tomllib.load(file)  # Any: checked by the class
    return [DemoBoard(**row) for row in rows["board"]]


MOST_MEGABYTES = 8
# First bytes → type and the ending it is kept under. No SVG and no HTML: a browser would run what is in them.
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"%PDF-", "application/pdf", ".pdf"),
)


class BadFile(Exception):
    """It is not taken; the message tells why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that has been looked at and kept: what it was called, what it is, and where it lies."""

    name: str
    type: str
    stored_as: str


def keep_file(file: UploadedFile[bytes]) -> HandedIn:
    """Known by its first bytes, not by its name. Raises BadFile."""
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        raise BadFile(_("The file is larger than %(most)s MB. Make the picture smaller.") % {"most": MOST_MEGABYTES})
    start = file.read(16)
    file.seek(0)
    for first, kind, ending in _KINDS:
        if start.startswith(first):
            name = PurePath(file.name or "fil").name[-120:]
            return HandedIn(name, kind, default_storage.save(f"boards/{new_public_id()}{ending}", file))
    raise BadFile(_("Only pictures (PNG, JPEG) and PDF are taken."))
