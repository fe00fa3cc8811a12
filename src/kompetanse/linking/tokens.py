"""Text to sentences of words, each word with its place in the text as given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kompetanse.linking.word_lists import listed

# Longer "words" are noise (base64, keyboards under cats); they would only cost time.
MAX_WORD_CHARACTERS = 60
# A sentence without full stops is cut here, so that each piece has bounded cost.
MAX_SENTENCE_WORDS = 80

# Combining marks, soft hyphen and zero-width joiners belong to the word they stand in.
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
WORD = rf"[^\W_](?:[^\W_]|[{_INSIDE}])*(?:\+\+|\#)?"
# A run of marks is read from its first one, once: four thousand full stops took a second.
_PIECE = re.compile(rf"(?P<word>{WORD})|(?P<mark>(?<![.!?…])[.!?…]++(?=\s|$)|[\n\r\u2028\u2029]+|[;:,()•▪●–—|/])")
_WORD = re.compile(WORD)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060]")
_BULLET = re.compile(r"\s*(?:[-*•▪●–—]|\d{1,2}[.)])\s")

# A full stop after one of these ends no sentence ("bl.a. sveising").
_ABBREVIATIONS = frozenset(listed("a ca eks evt ev f g jf kl mr ms nr pga st tlf vs m o e i dr inkl ekskl maks min"))


class Token(NamedTuple):
    """One word. `text` is normalised (NFKC, lower case); `mark` is the punctuation before it, or ""."""

    text: str
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words that are read together. `is_item`: a bullet. `is_heading`: ends in a colon, so it rules the bullets below.

    `ends` is the mark that it ends with, or "".
    """

    tokens: tuple[Token, ...]
    is_item: bool
    is_heading: bool
    ends: str


def normalise(word: str) -> str:
    """Compatibility forms, invisible characters and case folded away (`ﬁ` → `fi`, `Å` → `å`)."""
    if word.isascii():
        return word.lower()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", word).lower())


def words_of(text: str) -> list[str]:
    """The normalised words of a text, in order, without their places."""
    return [word for found in _WORD.findall(text) if len(found) <= MAX_WORD_CHARACTERS and (word := normalise(found))]


def sentences(text: str, *, limit: int) -> Iterator[Sentence]:
    """At most `limit` sentences, lazily, so that a hostile text costs no more than its first part."""
    given = 0
    tokens: list[Token] = []
    mark = ""
    begins_at = 0
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "word":
            start, end = piece.span()
            if end - start <= MAX_WORD_CHARACTERS and (word := normalise(piece.group())):
                tokens.append(Token(word, start, end, mark))
                mark = ""
            if len(tokens) < MAX_SENTENCE_WORDS:
                continue
        else:
            mark = piece.group()
            if not _ends_sentence(mark, tokens):
                continue
        if tokens:
            yield _sentence(text, tokens, begins_at=begins_at, ends_at=piece.start(), ends=mark)
            given += 1
            if given >= limit:
                return
        tokens, mark, begins_at = [], "", piece.end()
    if tokens:
        yield _sentence(text, tokens, begins_at=begins_at, ends_at=len(text), ends=mark)


def _ends_sentence(mark: str, tokens: list[Token]) -> bool:
    if mark[0] in "\n\r\u2028\u2029•▪●":
        return True
    if mark[0] not in ".!?…":
        return False
    # "2. etasje" and "f.eks. stål" go on.
    return not (mark == "." and tokens and (tokens[-1].text in _ABBREVIATIONS or tokens[-1].text.isdecimal()))


def _sentence(text: str, tokens: list[Token], *, begins_at: int, ends_at: int, ends: str) -> Sentence:
    # Only the stretch before the first word can hold a bullet; a long one is not looked through.
    lead = text[max(begins_at - 1, tokens[0].start - 12, 0) : tokens[0].end + 2]
    tail = text[tokens[-1].end : min(ends_at, tokens[-1].end + 12)]
    return Sentence(tuple(tokens), _BULLET.match(lead) is not None, tail.rstrip().endswith(":"), ends)
