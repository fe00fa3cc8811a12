"""Words and texts as vectors: a static bi-encoder, a sum of rows for each word and no network to run.

The rows are trained (see `building.training`) so that texts about one concept, in whatever language, lie close;
they are kept as int8 with one scale each. A text is the weighted sum of its words, so the vector of any stretch
of words is a difference of two running sums: that is what makes windows cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.subwords import pieces

Floats = NDArray[np.float32]

# A text may hold any number of different words; beyond this the cache is made anew.
_REMEMBERED_WORDS: Final = 20_000


class Encoder:
    """`rows` int8 (pieces, dimensions), `scales` float32 (pieces,), `weights` uint8 (pieces,): a word's share, of 255.

    Not for several threads at a time: the cache of word vectors grows in place.
    """

    def __init__(self, rows: NDArray[np.int8], scales: Floats, weights: NDArray[np.uint8]) -> None:
        self._rows = rows
        self._scales = scales
        self._weights = weights
        self.dimensions = int(rows.shape[1])
        self._numbers: dict[str, int] = {}
        self._vectors = np.zeros((256, self.dimensions), np.float32)

    def words(self, words: Sequence[str]) -> Floats:
        """(words, dimensions): the weighted vector of each normalised word."""
        if len(self._numbers) + len(words) > _REMEMBERED_WORDS:
            self._numbers.clear()
        numbers = [self._number(word) for word in words]
        return self._vectors[numbers]

    def texts(self, texts: Sequence[Sequence[str]]) -> Floats:
        """(texts, dimensions), each of length 1, or 0 for a text without words."""
        return together(self.words([word for words in texts for word in words]), [len(words) for words in texts])

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._numbers)
            if number >= len(self._vectors):
                self._vectors = np.concatenate((self._vectors, np.zeros_like(self._vectors)))
            self._vectors[number] = self._vector(word)
        return number

    def _vector(self, word: str) -> Floats:
        found = pieces(word)
        total = self._scales[found] @ self._rows[found].astype(np.float32)
        return np.asarray(total * (self._weights[found[0]] / (255 * len(found) ** 0.5)), np.float32)


def together(vectors: Floats, lengths: Sequence[int]) -> Floats:
    """As `Encoder.texts`, of the words of all texts, end to end."""
    sums = np.zeros((len(lengths), vectors.shape[1]), np.float32)
    filled = [number for number, length in enumerate(lengths) if length]
    if filled:
        begins = np.concatenate(([0], np.cumsum([lengths[number] for number in filled])[:-1]))
        sums[filled] = np.add.reduceat(vectors, begins, axis=0)
    return unit(sums)


def unit(vectors: Floats) -> Floats:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return np.asarray(vectors / np.maximum(lengths, 1e-9)[:, None], np.float32)


def quantised(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Rows as int8 with a scale each: an eighth of the bytes of what was trained, and the same ranking."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)
