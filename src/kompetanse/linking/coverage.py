"""How much of a concept's label stands in a text, whatever the order: a sparse score over all labels at once.

For each label the idf-weighted cosine with the text's words, times the square root of the label's own share that
stands there; a concept has the best of its labels. Rare words count; words of working life count little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.compounds import Stock, split_compound
from kompetanse.linking.general_words import GENERAL_SHARE, is_general, is_stop
from kompetanse.linking.lemmas import stem

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

# A text may hold any number of different words; beyond this the reading is done anew.
_REMEMBERED_WORDS: Final = 50_000
# An alternative label says it a little less surely.
_ALTERNATIVE: Final = 0.97


@dataclass(frozen=True, slots=True)
class CoverageArrays:
    """What a `Coverage` is made of; one label is one row, rows lie in the order of their concepts.

    `keys` the stems, of words and of the parts of compounds; `words`, `stems` what compounds may be cut into;
    `weights` (keys,); `postings` row numbers, those of key k between `bounds[k]` and `bounds[k+1]`;
    `owners` (rows,) concept of each row; `sums`, `lengths` (rows,) of the weights of its words; `shares` (rows,).
    """

    keys: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    weights: Floats
    postings: Ids
    bounds: Ids
    owners: Ids
    sums: Floats
    lengths: Floats
    shares: Floats


class Coverage:
    """Scores the concepts of one family of languages. Not for several threads at a time: it adds up in place."""

    def __init__(self, arrays: CoverageArrays, *, concepts: int, family: str) -> None:
        self._arrays = arrays
        self._family = family
        self._concepts = concepts
        self._numbers = {key: number for number, key in enumerate(arrays.keys)}
        self._stock = Stock(family, words=frozenset(arrays.words), stems=frozenset(arrays.stems))
        self._readings: dict[str, tuple[int, ...]] = {}
        # Of numpy's own width, so that adding up at these places takes no copy.
        self._owners = arrays.owners.astype(np.intp)
        self._between: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
        # Two sums are made for each label, of weights and of their squares; as one complex number they cost one look-up.
        self._weights = (arrays.weights**2 + 1j * arrays.weights).astype(np.complex64)
        self._sums = np.zeros(len(arrays.owners), np.complex64)
        # What of a label's score does not depend on the text.
        best = float(arrays.weights.max(initial=1.0))
        self._damping = np.asarray(arrays.shares / (arrays.lengths * np.sqrt(arrays.sums) * best), np.float32)
        self.is_labelled = np.zeros(concepts, np.bool_)
        self.is_labelled[arrays.owners] = True

    def keys(self, words: Iterable[str]) -> list[int]:
        """The known keys of normalised words, each once, in their order."""
        return list(dict.fromkeys(chain.from_iterable(map(self.reading, words))))

    def reading(self, word: str) -> tuple[int, ...]:
        """The known keys of one normalised word: none for grammar, several for a compound."""
        known = self._readings.get(word)
        if known is None:
            if len(self._readings) >= _REMEMBERED_WORDS:
                self._readings.clear()
            stems = _stems(word, stock=self._stock)
            known = self._readings[word] = tuple(
                number for one in stems if (number := self._numbers.get(one)) is not None
            )
        return known

    def scores(self, keys: Sequence[int], *, asked: slice, into: Floats) -> NDArray[np.intp]:
        """Writes the best label's score of each touched concept to `into` (concepts,), which is zeros. Of the concepts that are
        not `asked` for no label is looked at.

        Returns the touched concepts, once for each label: to tell them apart costs more than to do the same again.
        """
        if not keys:
            return np.empty(0, np.intp)
        begins, ends = self._postings_of(asked)
        rows = [self._arrays.postings[begins[key] : ends[key]] for key in keys]
        # numpy adds at places of its own width without a copy.
        touched = np.concatenate(rows, dtype=np.intp)
        np.add.at(self._sums, touched, np.repeat(self._weights[keys], [len(each) for each in rows]))
        sums = self._sums[touched]
        self._sums[touched] = 0
        scores = np.sqrt(sums.imag)
        scores *= sums.real
        scores *= self._damping[touched]
        owners = self._owners[touched]
        np.maximum.at(into, owners, scores)
        return owners

    def _postings_of(self, asked: slice) -> tuple[list[int], list[int]]:
        """For each key where its labels of the concepts asked for begin and end: in each key rows rise, and with them concepts."""
        known = self._between.get((asked.start, asked.stop))
        if known is None:
            bounds, postings = self._arrays.bounds, self._arrays.postings
            first, last = np.searchsorted(self._owners, (asked.start, asked.stop))
            begins, ends = (
                (bounds[:-1] + np.diff(np.concatenate(([0], np.cumsum(postings < row)))[bounds])).tolist()
                for row in (first, last)
            )
            known = self._between[asked.start, asked.stop] = (begins, ends)
        return known


@dataclass(frozen=True, slots=True)
class LabelWords:
    """A label as its words; `concept` is the number of its concept."""

    concept: int
    words: tuple[str, ...]
    is_alternative: bool


def coverage_arrays(labels: Iterable[LabelWords], *, concepts: int, family: str) -> CoverageArrays:
    """The arrays of a family's labels. Two labels of a concept with the same stems are one row."""
    known = list(labels)
    words = frozenset(word for label in known for word in label.words if not is_stop(word, family))
    stock = Stock(family, words=words, stems=frozenset(stem(word, family) for word in words))
    stems_of = {word: _stems(word, stock=stock) for word in words}
    rows: dict[tuple[int, tuple[str, ...]], float] = {}
    for label in known:
        stems = {each for word in label.words for each in stems_of.get(word, ())}
        key = (label.concept, tuple(sorted(stems or set(label.words))))
        rows[key] = max(rows.get(key, 0.0), _ALTERNATIVE if label.is_alternative else 1.0)
    ordered = sorted(row for row in rows if row[1])
    keys = tuple(sorted({each for _, stems in ordered for each in stems}))
    numbers = {key: number for number, key in enumerate(keys)}
    lengths = np.fromiter((len(stems) for _, stems in ordered), np.int64, len(ordered))
    entries = np.fromiter((numbers[each] for _, stems in ordered for each in stems), np.int64, int(lengths.sum()))
    owners = np.fromiter((concept for concept, _ in ordered), np.int32, len(ordered))
    row_of = np.repeat(np.arange(len(ordered)), lengths)
    weights = _weights(keys, entries, owners[row_of], concepts=concepts, family=family)
    order = np.argsort(entries, kind="stable")
    return CoverageArrays(
        keys=keys,
        words=tuple(sorted(stock.words)),
        stems=tuple(sorted(stock.stems)),
        weights=weights,
        postings=row_of[order].astype(np.int32),
        bounds=np.searchsorted(entries[order], np.arange(len(keys) + 1)).astype(np.int32),
        owners=owners,
        sums=np.bincount(row_of, weights[entries], minlength=len(ordered)).astype(np.float32),
        lengths=np.sqrt(np.bincount(row_of, weights[entries] ** 2, minlength=len(ordered))).astype(np.float32),
        shares=np.fromiter((rows[row] for row in ordered), np.float32, len(ordered)),
    )


def _stems(word: str, *, stock: Stock) -> tuple[str, ...]:
    if is_stop(word, stock.family):
        return ()
    return tuple(stem(part, stock.family) for part in split_compound(word, stock=stock) or (word,))


def _weights(keys: Sequence[str], entries: NDArray[np.int64], owners: Ids, *, concepts: int, family: str) -> Floats:
    """Inverse document frequency over concepts, in 0..1, less for a general word."""
    pairs = np.unique(entries * max(concepts, 1) + owners)
    frequency = np.bincount(pairs // max(concepts, 1), minlength=len(keys))
    weights = np.log1p(concepts / np.maximum(frequency, 1)) / np.log1p(max(concepts, 1))
    weights[[number for number, key in enumerate(keys) if is_general(key, family)]] *= GENERAL_SHARE
    return np.asarray(weights, np.float32)
