"""Stretches of a few words on end: most of a sentence is not about the skill, so each stretch is compared with a concept."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# A skill is said in at most so many words on end; longer windows are the sentence again.
_LONGEST: Final = 6


class Windows:
    """The windows of some words, given as (words, dimensions) weighted vectors: shortest first, then by their first word.

    The vector of a window is a difference of two running sums, and so is its product with a concept.
    """

    def __init__(self, vectors: Floats) -> None:
        count = len(vectors)
        self._sums = np.asarray(_before(count) @ vectors, np.float32)
        # Begin and end of each.
        self.edges = _edges(count)
        stretches = _differences(self._sums)
        self._sizes = np.maximum(np.sqrt(np.vecdot(stretches, stretches)), 1e-6)[:, None]

    def fits(self, concepts: Floats) -> Floats:
        """(windows, concepts): the cosine of each window with each concept, a row of unit length."""
        fits = _differences(self._sums @ concepts.T)
        fits /= self._sizes
        return fits


def _differences(sums: Floats) -> Floats:
    """(windows, columns): what each window adds to the running sums (words + 1, columns)."""
    found = np.empty((len(_edges(len(sums) - 1)), sums.shape[1]), np.float32)
    at = 0
    for length in range(1, min(_LONGEST, len(sums) - 1) + 1):
        count = len(sums) - length
        np.subtract(sums[length:], sums[:-length], out=found[at : at + count])
        at += count
    return found


@lru_cache(maxsize=128)
def _before(count: int) -> Floats:
    """(words + 1, words): which words come before each place between words; a product with it is a running sum, sooner made."""
    return np.tri(count + 1, count, -1, dtype=np.float32)


@lru_cache(maxsize=128)
def _edges(count: int) -> list[tuple[int, int]]:
    """The first word of each window of so many words, and the word after its last."""
    lengths = range(1, min(_LONGEST, count) + 1)
    return [(begin, begin + length) for length in lengths for begin in range(count - length + 1)]
