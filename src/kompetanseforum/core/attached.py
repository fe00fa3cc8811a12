"""A picture or a document that somebody adds: small, and of a kind that is known by its first bytes, not by its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kompetanseforum.core.refs import new_public_id

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
class Attached:
    """A file that has been checked and stored: what it was called, what it is, and where it lies."""

    name: str
    type: str
    stored_as: str


def store_attached(file: UploadedFile[bytes], *, folder: str) -> Attached:
    """Check and keep it. Raises BadFile."""
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        raise BadFile(_("The file is larger than %(most)s MB. Make the picture smaller.") % {"most": MOST_MEGABYTES})
    start = file.read(16)
    file.seek(0)
    for first, kind, ending in _KINDS:
        if start.startswith(first):
            name = PurePath(file.name or "fil").name[-120:]
            return Attached(name, kind, default_storage.save(f"{folder}/{new_public_id()}{ending}", file))
    raise BadFile(_("Only pictures (PNG, JPEG) and PDF are taken."))


def attached_response(attached: Attached) -> HttpResponse:
    """A picture is shown, anything else is taken home; a browser believes the type that we have checked.

    At most MOST_MEGABYTES, so it is read at once.
    """
    with default_storage.open(attached.stored_as) as file:
        response = HttpResponse(file.read(), content_type=attached.type)
    how = "inline" if attached.type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = content_disposition_header(how == "attachment", attached.name) or how
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
