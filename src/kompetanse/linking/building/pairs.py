"""Texts to learn from, as numbers: which words each has, of which concept, in which language.

Every label, everyday word and description of a concept is one text. Descriptions are only ever the question
("what is this about?"), never the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.building.sources import Source
from kompetanse.linking.lemmas import family
from kompetanse.linking.subwords import pieces
from kompetanse.linking.tokens import words_of

# Others, such as Finnish, would only take training from these.
_TAUGHT: Final = frozenset({"no", "en", "sv", "da"})
# The first words of a description tell; the rest explains.
_DESCRIPTION_WORDS: Final = 24


class Ragged:
    """Lists of numbers of any length, end to end: list n lies between `bounds[n]` and `bounds[n + 1]`."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self.lengths = np.fromiter((len(one) for one in lists), np.int64, len(lists))
        self.bounds = np.concatenate(([0], np.cumsum(self.lengths)))
        self.values = np.fromiter((number for one in lists for number in one), np.int64, int(self.bounds[-1]))

    def take(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The values of the chosen lists end to end, and for each value which of the chosen it is of."""
        lengths = self.lengths[numbers]
        owners = np.repeat(np.arange(len(numbers)), lengths)
        begins = np.cumsum(lengths) - lengths
        at = np.arange(int(lengths.sum())) - np.repeat(begins - self.bounds[numbers], lengths)
        return self.values[at], owners


@dataclass(frozen=True, slots=True)
class Texts:
    """`words[t]` word numbers of text t; `pieces[w]` row numbers of word w, `word_rows[w]` the first of them; the rest is (texts,).

    `weights` (words,) is the inverse document frequency of a word, in 0..1.
    """

    words: Ragged
    pieces: Ragged
    word_rows: NDArray[np.int64]
    weights: NDArray[np.float32]
    concepts: NDArray[np.int64]
    languages: NDArray[np.int64]
    is_description: NDArray[np.bool_]
    # For each language all words of its descriptions, as they come: what running text is made of.
    running: tuple[NDArray[np.int64], ...]

    @property
    def language_count(self) -> int:
        return len(self.running)


def texts_of(source: Source, order: Sequence[str]) -> Texts:
    """The texts of all concepts; a concept's number is its place in `order`."""
    numbers: dict[str, int] = {}
    codes: dict[str, int] = {}
    place = {uri: number for number, uri in enumerate(order)}
    rows: dict[tuple[int, int, tuple[int, ...], bool], None] = {}

    def add(uri: str, language: str, text: str, *, is_description: bool) -> None:
        if family(language) not in _TAUGHT:
            return
        words = words_of(text)[: _DESCRIPTION_WORDS if is_description else None]
        if words:
            found = tuple(numbers.setdefault(word, len(numbers)) for word in words)
            code = codes.setdefault(family(language), len(codes))
            rows.setdefault((place[uri], code, found, is_description))

    for term in source.terms:
        add(term.uri, term.language, term.text, is_description=False)
    for uri, descriptions in source.descriptions.items():
        for language, text in descriptions.items():
            if uri in place:
                add(uri, language, text, is_description=True)
    ordered = sorted(rows)
    words = Ragged([found for _, _, found, _ in ordered])
    frequency = np.bincount(np.concatenate([np.unique(found) for _, _, found, _ in ordered]), minlength=len(numbers))
    weights = np.log(len(ordered) / (frequency + 1.0)) / np.log(max(len(ordered), 2))
    languages = np.fromiter((code for _, code, _, _ in ordered), np.int64, len(ordered))
    is_description = np.fromiter((flag for _, _, _, flag in ordered), np.bool_, len(ordered))
    return Texts(
        words=words,
        pieces=Ragged([pieces(word) for word in numbers]),
        word_rows=np.fromiter((pieces(word)[0] for word in numbers), np.int64, len(numbers)),
        weights=np.clip(weights, 0.05, 1.0).astype(np.float32),
        concepts=np.fromiter((concept for concept, _, _, _ in ordered), np.int64, len(ordered)),
        languages=languages,
        is_description=is_description,
        running=tuple(words.take(np.flatnonzero(is_description & (languages == code)))[0] for code in codes.values()),
    )
