"""A text to its sentences, each with its exact place in the text as given.

Minutes come from word processors and PDF files: lines are broken in the middle of a sentence, lists have bullets, and
half of all full stops end an abbreviation or an ordinal. A sentence is never longer than what a person would read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kompetanse.linking.word_lists import listed

# Longer than this is no sentence: a table that lost its lines, or somebody who tests us.
MOST_CHARACTERS: Final = 600
MOST_SENTENCES: Final = 5_000
# A line shorter than this was ended on purpose; a longer one was perhaps broken by the width of the page.
_FULL_LINE: Final = 45
# Before a capital letter it must be this part of the page's width: a heading is shorter.
_NEARLY_FULL: Final = 0.7

_BULLET: Final = re.compile(
    r"[ \t>]*(?:[-*•▪●–—·o](?=[ \t])|\d{1,2}(?:\.\d{1,2})*[.)](?=[ \t])|[a-zæøå]\)(?=[ \t]))?[ \t]*"
)
_LINE: Final = re.compile(r"[^\n\r\u2028\u2029\f\v]+")
# What may end a sentence, with the quotes and brackets that close after it.
_END: Final = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)")
_WORD_BEFORE: Final = re.compile(r"[^\s(«“\"]*$")
_ABBREVIATIONS: Final = frozenset(
    listed(
        "meld bl.a f.eks m.m m.fl osv o.l e.l d.v.s dvs jf jfr ca kl nr st tlf mill mrd inkl ekskl maks min evt ev pga pr pst "
        "ang vedr mht mv fvt avd adm dir dr prof mr ms kr f.o.m t.o.m o.a s.k p.t"
    )
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` is the sentence as it stands; `text` here has its line breaks folded into spaces, same length.

    `is_item`: a bullet. `is_heading`: ends in a colon, so it rules the items below.
    """

    start: int
    end: int
    text: str
    is_item: bool
    is_heading: bool


def split_sentences(text: str, *, limit: int = MOST_SENTENCES) -> list[Sentence]:
    """At most `limit` sentences, in order; they never overlap, and only white space and bullets lie between them."""
    found: list[Sentence] = []
    for start, end, is_item in _blocks(text):
        for first, last in _ends(text, start, end):
            found.append(_sentence(text, first, last, is_item=is_item))
            if len(found) >= limit:
                return found
    return found


def _sentence(text: str, start: int, end: int, *, is_item: bool) -> Sentence:
    words = re.sub(r"\s", " ", text[start:end])
    return Sentence(start, end, words, is_item, words.endswith(":"))


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Begin, end and "is a bullet" of the stretches that are read as running text."""
    begin = end = -1
    is_item = False
    lengths = sorted(len(line) for line in text.splitlines() if line.strip())
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    for line in _LINE.finditer(text):
        bullet = _BULLET.match(text, line.start(), line.end())
        assert bullet is not None  # every part of it may be missing
        start, stop = bullet.end(), line.start() + len(line.group().rstrip())
        has_bullet = bool(bullet.group().strip(" \t>"))
        if stop <= start:
            if end > begin >= 0:
                yield begin, end, is_item
            begin = end = -1
            continue
        goes_on = begin >= 0 and not has_bullet and _goes_on(text, end, line.start(), start, width=width)
        if goes_on:
            end = stop
            continue
        if end > begin >= 0:
            yield begin, end, is_item
        begin, end, is_item = start, stop, has_bullet
    if end > begin >= 0:
        yield begin, end, is_item


def _goes_on(text: str, end: int, line_start: int, start: int, *, width: int) -> bool:
    """Whether the line that begins at `start` was broken off from the one that ends at `end`."""
    between = text[end:line_start]
    if between.count("\n") > 1 or between.count("\r") > 1 or "\f" in between:
        return False
    line_before = text[max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1 : end]
    if len(line_before) < _FULL_LINE or text[end - 1] in ":":
        return False
    if text[start].islower():
        return True
    return text[end - 1] not in ".!?…»" and len(line_before) >= width * _NEARLY_FULL


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in _END.finditer(text, start, end):
        if _is_abbreviation(text, begin, mark.start(), mark.group(), mark.end()):
            continue
        yield from _pieces(text, begin, mark.end())
        begin = mark.end()
    yield from _pieces(text, begin, end)


def _is_abbreviation(text: str, begin: int, dot: int, mark: str, after: int) -> bool:
    if not mark.startswith(".") or mark.startswith(".."):
        return False
    following = text[after:].lstrip()[:1] if after < len(text) else ""
    before = _WORD_BEFORE.search(text, max(begin, dot - 30), dot)
    word = before.group().casefold() if before else ""
    if word in _ABBREVIATIONS:
        return True
    if len(word) == 1 and word.isalpha():
        # An initial stands after a name; "førerkort klasse D." ends.
        said_before = text[begin : dot - 1].split()
        return not said_before or said_before[-1][:1].isupper() or not following.isupper()
    # "14. januar", but not "i 2026. Neste".
    return following.islower() or (word.isdecimal() and len(word) <= 2 and not following.isupper())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space round it, cut where it is too long to be a sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MOST_CHARACTERS:
        cut = text.rfind(" ", start, start + MOST_CHARACTERS)
        cut = cut if cut > start else start + MOST_CHARACTERS
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
