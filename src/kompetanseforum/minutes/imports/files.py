"""What kind of file it is, told by its content alone, and its text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kompetanseforum.core.text import grouped
from kompetanseforum.minutes.imports.mail import is_mail, mail_text
from kompetanseforum.minutes.imports.problems import UnreadableFile
from kompetanseforum.minutes.models import Source

MOST_MEGABYTES = 10
# Some fifty pages: read in a second or two, while somebody waits.
MOST_CHARACTERS = 150_000
# A document is packed; what it unpacks to is bounded too.
_MOST_UNPACKED = 60 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_PDF = re.compile(rb"%PDF-\d")
# A PDF may have a little before its first mark.
_BEFORE_MARK = 1024


@dataclass(frozen=True, slots=True)
class Given:
    """The text of a file, and what kind it was."""

    text: str
    source: Source


def read_file(content: bytes) -> Given:
    """Raises UnreadableFile."""
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise UnreadableFile("too_big", str(MOST_MEGABYTES))
    if not content.strip():
        raise UnreadableFile("empty")
    source, read = _reader(content)
    text = tidied(read(content))
    if not text.strip():
        raise UnreadableFile("no_text")
    return Given(bounded(text), source)


def read_path(path: Path) -> Given:
    """As `read_file`. Raises UnreadableFile, and OSError where there is no such file."""
    return read_file(path.read_bytes())


def bounded(text: str) -> str:
    """The text, when it is not too long. Raises UnreadableFile."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableFile("too_long", grouped(MOST_CHARACTERS))
    return text


def tidied(text: str) -> str:
    """One kind of line break; nothing that a database or a page cannot hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in lines if letter in "\n\t\f" or letter.isprintable() or letter == "\u00ad"
    ).strip()


def _reader(content: bytes) -> tuple[Source, Callable[[bytes], str]]:
    if content.startswith(_ZIP):
        _check_word(content)
        return Source.WORD, _lazily("word", "word_text")
    if content.startswith(_OLE):
        raise UnreadableFile("old_word")
    if _PDF.search(content[:_BEFORE_MARK]):
        return Source.PDF, _lazily("pdf", "pdf_text")
    if is_mail(content):
        return Source.EMAIL, mail_text
    return Source.TEXT, plain_text


def _lazily(module: str, name: str) -> Callable[[bytes], str]:
    """Their libraries take a third of a second to load: only for those who send such a file."""

    def read(content: bytes) -> str:
        reader: Callable[[bytes], str] = getattr(import_module(f"{__package__}.{module}"), name)
        return reader(content)

    return read


def _check_word(content: bytes) -> None:
    """Before anything of it is parsed: a Word document, not too much when unpacked, and without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            is_locked = any(part.flag_bits & 0x1 for part in parts)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("broken") from error
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        raise UnreadableFile("macros")
    if is_locked:
        raise UnreadableFile("locked")
    if "word/document.xml" not in names:
        raise UnreadableFile("other_kind")
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise UnreadableFile("too_big", str(MOST_MEGABYTES))


def plain_text(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else what Windows writes here (cp1252)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFile("broken") from error
    if b"\0" in content:
        raise UnreadableFile("other_kind")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("other_kind")
