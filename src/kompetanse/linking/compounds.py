"""Norwegian compounds to their parts: aluminiumssveising → aluminium + sveising."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kompetanse.linking.general_words import is_stop
from kompetanse.linking.lemmas import is_dictionary_form, is_in_dictionary, stem
from kompetanse.linking.word_lists import listed

# Shorter words are seldom compounds, and cutting them makes false friends.
_SHORTEST_COMPOUND: Final = 7
_SHORTEST_PART: Final = 3
# A shorter part must stand in the terms letter by letter: "ren", "del" and "ret" hide everywhere.
_SHORTEST_SURE_PART: Final = 5
# Derivation, not composition: lede-skap, arbeids-løs.
_ENDINGS: Final = frozenset(
    listed("""
    skap dom løs messig aktig vis else heten lighet somt sjon ende ande isme inger ingar ingene eringer erer
    erne
    """)
)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the terms of a family of languages are made of: words as written, and their stems."""

    family: str
    words: frozenset[str]
    stems: frozenset[str] = field(repr=False)


def split_compound(word: str, *, stock: Stock) -> tuple[str, ...]:
    """The parts of a normalised word, or () when it is none.

    At each joint the longest last part wins, for it carries the meaning; parts are split again.
    """
    if stock.family != "no" or len(word) < _SHORTEST_COMPOUND or not word.isalpha():
        return ()
    # A dictionary word is more than its short parts: "barnehage" is no garden, "lageret" no court.
    shortest = _SHORTEST_SURE_PART if is_in_dictionary(word, stock.family) else _SHORTEST_PART
    for cut in range(shortest, len(word) - shortest + 1):
        tail = word[cut:]
        if not _is_last_part(tail, stock=stock):
            continue
        first = _first_part(word[:cut], stock=stock, shortest=shortest)
        if first:
            return (split_compound(first, stock=stock) or (first,)) + (split_compound(tail, stock=stock) or (tail,))
    return ()


def _first_part(word: str, *, stock: Stock, shortest: int) -> str:
    """`word` as a first part, with the joint (-s-, -e-) taken off if that is what makes it one."""
    if _is_first_part(word, stock=stock):
        return word
    if word[-1] in "se" and len(word) > shortest and _is_first_part(word[:-1], stock=stock):
        return word[:-1]
    # prosess-operatør-kompetanse: the first part is itself a compound.
    return word if len(word) >= 2 * shortest and split_compound(word, stock=stock) else ""


def _is_first_part(word: str, *, stock: Stock) -> bool:
    # First parts are not inflected: "forsk-aling" is no research.
    if is_stop(word, stock.family):
        return False
    return word in stock.words or (len(word) >= _SHORTEST_SURE_PART and is_dictionary_form(word, stock.family))


def _is_last_part(word: str, *, stock: Stock) -> bool:
    if word in _ENDINGS or is_stop(word, stock.family):
        return False
    if word in stock.words:
        return True
    if len(word) < _SHORTEST_SURE_PART:
        return False
    return stem(word, stock.family) in stock.stems or is_in_dictionary(word, stock.family)
