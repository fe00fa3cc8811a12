"""A picture or a document for a pilot's log: small, and of a kind that is known by its first bytes, not by its name."""

from __future__ import annotations

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kompetanseforum.core.refs import new_public_id
from kompetanseforum.pilots.actions import Attached

MOST_MEGABYTES = 8
# First bytes → type and the ending it is kept under. No SVG and no HTML: a browser would run what is in them.
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"%PDF-", "application/pdf", ".pdf"),
)


class BadFile(Exception):
    """It is not taken; the message tells why, in the reader's language."""


def store_attached(file: UploadedFile[bytes]) -> Attached:
    """Check and keep it. Raises BadFile."""
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        raise BadFile(_("The file is larger than %(most)s MB. Make the picture smaller.") % {"most": MOST_MEGABYTES})
    start = file.read(16)
    file.seek(0)
    for first, kind, ending in _KINDS:
        if start.startswith(first):
            name = PurePath(file.name or "fil").name[-120:]
            stored_as = default_storage.save(f"pilots/{new_public_id()}{ending}", file)
            return Attached(name=name, type=kind, stored_as=stored_as)
    raise BadFile(_("Only pictures (PNG, JPEG) and PDF are taken."))
