"""What is written in one go, as the paragraphs it becomes on a board; the browser's script does the same (`paragraphs.ts`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kompetanse.board.wishes import MOST_CHARACTERS

_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def paragraphs_in(text: str, *, most: int = MOST_CHARACTERS) -> list[str]:
    """Parted at blank lines; one that is too long after a sentence, and a sentence that is too long where it must."""
    whole = [part.strip() for part in _BLANK_LINE.split(text.replace("\r\n", "\n"))]
    return [piece for part in whole if part for piece in _pieces(part, most)]


def _pieces(part: str, most: int) -> Iterator[str]:
    held = ""
    for sentence in _SENTENCE_END.split(part) if len(part) > most else [part]:
        if held and len(held) + 1 + len(sentence) > most:
            yield held
            held = ""
        held = f"{held} {sentence}" if held else sentence
        while len(held) > most:
            at = held.rfind(" ", 1, most + 1)
            at = at if at > 0 else most
            yield held[:at].strip()
            held = held[at:].strip()
    if held:
        yield held
