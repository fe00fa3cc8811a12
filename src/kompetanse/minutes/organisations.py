"""Which organisation a sentence names, out of a register: longest name first, and never a guess between two.

Minutes seldom write a name in full: "Borgskilt" for Borgskilt Profil AS, "Glomma Laks" without its AS. A short form
counts when it begins with a capital letter and belongs to one organisation alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kompetanse.linking.links import Span
from kompetanse.linking.word_lists import listed

_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[&'’.-](?=[^\W_]))*")
# What a name ends in that nobody says.
_FORMS: Final = frozenset(("as", "asa", "sa", "da", "ans", "enk", "ba", "iks", "hf", "kf", "nuf", "stiftelsen", "avd"))
# A first word that says nothing alone: "Østfold Sveis" is not "Østfold".
_COMMON: Final = frozenset(
    listed("""
    østfold sarpsborg fredrikstad moss halden indre rakkestad råde hvaler våler skiptvet marker aremark askim mysen norge norsk norske
    nordre søre vestre østre øvre nedre store lille nye gamle den det glomma vi nordic scandinavian første bygg sveis mekaniske
    """)
)
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation of the register: `key` is whatever the caller knows it by."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation that a sentence names. `is_whole`: by its whole name, but for AS and the like."""

    key: str
    name: str
    span: Span
    is_whole: bool


class Register:
    """The names, ready to be looked up. Same entries, same answers."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._whole: dict[tuple[str, ...], list[Entry]] = {}
        self._short: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            words = _said(entry.name)
            if not words or sum(map(len, words)) < _SHORTEST:
                continue
            self._whole.setdefault(words, []).append(entry)
            for length in range(1, len(words)):
                if length > 1 or (words[0] not in _COMMON and len(words[0]) >= _SHORTEST):
                    self._short.setdefault(words[:length], []).append(entry)
        self._longest = max(map(len, self._whole), default=0)

    def named_in(self, text: str) -> list[Named]:
        """In order of place; none overlaps another. A form shared by two organisations names none of them."""
        words = [(match.group(), match.span()) for match in _WORD.finditer(text)]
        found: list[Named] = []
        at = 0
        while at < len(words):
            named = self._at(words, at)
            if named is None:
                at += 1
                continue
            found.append(named)
            at = next((number for number in range(at, len(words)) if words[number][1][0] >= named.span.end), len(words))
        return found

    def _at(self, words: Sequence[tuple[str, tuple[int, int]]], at: int) -> Named | None:
        if not words[at][0][:1].isupper():
            return None
        for length in range(min(self._longest, len(words) - at), 0, -1):
            chosen = words[at : at + length]
            for folded in _readings(tuple(word.casefold() for word, _ in chosen)):
                for table, is_whole in ((self._whole, True), (self._short, False)):
                    entries = table.get(folded) or []
                    if len({entry.key for entry in entries}) == 1:
                        span = Span(chosen[0][1][0], self._end(words, at + length))
                        return Named(entries[0].key, entries[0].name, span, is_whole)
        return None

    def _end(self, words: Sequence[tuple[str, tuple[int, int]]], after: int) -> int:
        """A form of company that follows belongs to the name."""
        is_form = after < len(words) and words[after][0].casefold() in _FORMS and words[after][0][:1].isupper()
        return words[after if is_form else after - 1][1][1]


def _readings(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """As written, and without the s of a genitive on the last word."""
    yield words
    if words[-1].endswith("s") and len(words[-1]) > _SHORTEST:
        yield (*words[:-1], words[-1].rstrip("'’")[:-1])


def _said(name: str) -> tuple[str, ...]:
    words = [match.group().casefold() for match in _WORD.finditer(name)]
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return tuple(words)
