"""A word as the ids of its pieces: the word itself and its letter groups, hashed into one table of rows.

After fastText (Bojanowski et al. 2017): a compound or an inflection nobody trained on still shares pieces
with words that were.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

# Rows of the table; two pieces that share a row cost a little precision, a larger table costs memory.
TABLE_ROWS: Final = 1 << 17
_SHORTEST_GROUP: Final = 4
_LONGEST_GROUP: Final = 5
# What a word of 60 letters gives; longer words are cut by the tokeniser.
_MOST_LETTERS: Final = 40


def pieces(word: str) -> list[int]:
    """Row ids of a normalised word: first the word itself, then each group of 3–5 letters of `<word>`."""
    framed = f"<{word[:_MOST_LETTERS]}>"
    found = [_row(word)]
    for length in range(_SHORTEST_GROUP, _LONGEST_GROUP + 1):
        found += [_row(f"#{framed[at : at + length]}") for at in range(len(framed) - length + 1)]
    return found


def _row(piece: str) -> int:
    # crc32, not hash(): the same bytes on every machine and in every process.
    return crc32(piece.encode("utf-8", "surrogatepass")) & (TABLE_ROWS - 1)
