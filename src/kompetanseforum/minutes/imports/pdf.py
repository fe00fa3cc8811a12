"""The text of a PDF, page by page. Loaded only for such a file."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kompetanseforum.minutes.imports.problems import UnreadableFile

# It warns of every small fault of a file.
logging.getLogger("pypdf").setLevel(logging.ERROR)

_MOST_PAGES = 150


def pdf_text(content: bytes) -> str:
    """Raises UnreadableFile. Pages past the bound are taken for too much, not left out in silence."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        # Many are locked against change only, and open without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("locked")
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableFile("too_big", "10")
        return "\n\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, AssertionError,
            NotImplementedError, RecursionError, ArithmeticError, LookupError) as error:  # fmt: skip
        # pypdf lets through whatever its parts raise.
        code = "locked" if "crypt" in str(error).lower() or "password" in str(error).lower() else "broken"
        raise UnreadableFile(code) from error
