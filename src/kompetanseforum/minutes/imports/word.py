"""A Word document's paragraphs and tables, in the order they stand. Loaded only for such a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml.etree import LxmlError

from kompetanseforum.minutes.imports.problems import UnreadableFile


def word_text(content: bytes) -> str:
    """Raises UnreadableFile."""
    try:
        return "\n".join(_lines(content))
    except (PackageNotFoundError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, OSError, AttributeError, TypeError,
            IndexError, EOFError, NotImplementedError, RuntimeError) as error:  # fmt: skip
        # python-docx lets through whatever its parts raise.
        raise UnreadableFile("broken") from error


def _lines(content: bytes) -> Iterator[str]:
    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # A cell that is merged over several columns is given once for each.
                yield from dict.fromkeys(cell.text for cell in row.cells)
        else:
            is_item = (block.style.name or "").lower().startswith("list") if block.style is not None else False
            yield f"- {block.text}" if is_item and block.text.strip() else block.text
