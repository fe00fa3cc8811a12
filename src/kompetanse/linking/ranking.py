"""Every concept scored for a text: labels that stand in it, vectors that lie near it, windows that say it best.

Two steps. Coverage and vectors score all concepts; the best few hundred are looked at again, window by window, because
most of a sentence is not about the skill. The weights are fitted by a listwise softmax, not equal (docs/linking.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.coverage import Coverage
from kompetanse.linking.encoder import Encoder, together
from kompetanse.linking.lemmas import family
from kompetanse.linking.windows import Windows

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

# Of a longer text only so many words are read at a time; `sentences` cuts texts before that.
MOST_WORDS: Final = 80
# How many concepts are looked at window by window.
_LOOKED_AT: Final = 128
# A guess at their threshold is made from every so-manieth score.
_SAMPLED: Final = 32
# A text of so few words is a label rather than a sentence: all of it counts, and no window of it is better than the whole.
SHORT: Final = 4
# More than all signs together may differ by: it keeps what was looked at above what was not.
_ABOVE: Final = 30.0
# Cosines that differ by less are of the same words.
_SAME: Final = 1e-5


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts, so that the softmax over all concepts is a probability.

    `preferred`, `centre` and `nearest` (the better of the two) are cosines of the text with the concept, `window` the
    best cosine of a few words on end; `coverage` and its square are of the labels. A concept without a label in the
    text's language has no coverage: `unlabelled`, and that much more of `nearest`, stand for it.
    """

    preferred: float
    centre: float
    nearest: float
    coverage: float
    coverage_squared: float
    window: float
    use: float
    own: float
    unlabelled: float = 0.0
    unlabelled_nearest: float = 0.0


@dataclass(frozen=True, slots=True)
class ConceptVectors:
    """`preferred`, `centre` (concepts, dimensions): of the preferred label, and the mean over all labels; unit length."""

    preferred: Floats
    centre: Floats


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a concept before any text: `use` is log(1 + occupations that use it), `is_own` tells which
    have words of our own; both (concepts,)."""

    use: Floats
    is_own: NDArray[np.bool_]


class Near(NamedTuple):
    """A concept near a text. `words` are begin and end of the stretch of words that says it best.

    `score` is on the scale of the softmax, `share` the concept's share of it, `coverage` that of its best label.
    """

    concept: int
    score: float
    share: float
    coverage: float
    words: tuple[int, int]


class Ranker:
    """Not for several threads at a time."""

    def __init__(
        self,
        coverages: Mapping[str, Coverage],
        *,
        prior: Prior,
        weights: Mapping[str, Weights],
        encoder: Encoder,
        vectors: ConceptVectors,
    ) -> None:
        self._coverages = coverages
        self._weights = weights
        self._prior = prior
        self._encoder = encoder
        self._vectors = vectors
        self._starts: dict[tuple[str, str], _Known] = {}
        self.concepts = len(prior.use)
        self._scores = np.zeros((0, self.concepts), np.float32)
        self._covered = np.zeros(self.concepts, np.float32)

    def scores(
        self, texts: Sequence[Sequence[str]], *, language: str, among: NDArray[np.bool_] | None = None
    ) -> Floats:
        """(texts, concepts): how well each concept fits each text, given as its normalised words.

        Where `among` (concepts,) is False the score is -inf.
        """
        rows = np.full((len(texts), self.concepts), -np.inf, np.float32)
        for number, words in enumerate(texts):
            first = self._first([words], language=language, among=among)
            second = self._second(first, 0, words[:MOST_WORDS])
            rows[number, first.asked] = first.scores[0, first.asked]
            rows[number, second.looked_at] = second.scores + _ABOVE
        return rows

    def near(
        self,
        texts: Sequence[Sequence[str]],
        *,
        language: str,
        limit: int,
        among: NDArray[np.bool_] | None = None,
    ) -> list[list[Near]]:
        """For each text its `limit` nearest concepts, nearest first."""
        found: list[list[Near]] = [[] for _ in texts]
        for is_short in (True, False):
            numbers = [number for number, words in enumerate(texts) if (len(words) <= SHORT) is is_short]
            if numbers:
                first = self._first([texts[number] for number in numbers], language=language, among=among)
                for at, number in enumerate(numbers):
                    found[number] = self._near(first, at, texts[number][:MOST_WORDS], limit=limit)
        return found

    def signs(
        self, words: Sequence[str], *, language: str, among: NDArray[np.bool_] | None = None
    ) -> tuple[Ids, Floats]:
        """The concepts looked at closely, and (concepts, weights) what each sign of `Weights` is for them: to fit with."""
        words = words[:MOST_WORDS]
        first = self._first([words], language=language, among=among)
        best, covered = self._covering(first, 0, words)
        vectors = self._both(best)
        near_preferred, near_centre = (vectors @ first.queries[0]).reshape(2, -1)
        nearest = np.maximum(near_preferred, near_centre)
        is_missing = ~first.is_labelled[best]
        window = _best_of_both(Windows(first.words[0]).fits(vectors))
        columns = [near_preferred, near_centre, nearest, covered, covered**2, window]
        columns += [self._prior.use[best], self._prior.is_own[best], is_missing, is_missing * nearest]
        return best, np.stack(columns, axis=1).astype(np.float32)

    def _both(self, concepts: Ids) -> Floats:
        """The vectors of the preferred labels of some concepts, and then their centres."""
        vectors = np.empty((2 * len(concepts), self._encoder.dimensions), np.float32)
        # All numbers are in range; "clip" only spares numpy a copy.
        np.take(self._vectors.preferred, concepts, axis=0, out=vectors[: len(concepts)], mode="clip")
        np.take(self._vectors.centre, concepts, axis=0, out=vectors[len(concepts) :], mode="clip")
        return vectors

    def _near(self, first: _First, number: int, words: Sequence[str], *, limit: int) -> list[Near]:
        if not words:
            return []
        second = self._second(first, number, words)
        looked_at, scores = second.looked_at, second.scores
        # They rise, so that of equals the first stays the first.
        order = np.argsort(-scores, kind="stable")[:limit]
        order = order[scores[order] > -np.inf]
        if not len(order):
            return []
        shares = np.exp(scores - scores[order[0]])
        shares /= shares.sum()
        return [
            Near(*one)
            for one in zip(
                looked_at[order].tolist(),
                scores[order].tolist(),
                shares[order].tolist(),
                second.covered[order].tolist(),
                second.stretches(order),
                strict=True,
            )
        ]

    def _first(self, texts: Sequence[Sequence[str]], *, language: str, among: NDArray[np.bool_] | None) -> _First:
        """Centres of all concepts; the texts are all short, or none is."""
        tongue = family(language)
        name = self._weights_name(tongue, is_short=all(len(words) <= SHORT for words in texts))
        known = self._known(tongue, name)
        asked = slice(0, self.concepts) if among is None else _reach(among)
        lengths = [min(len(words), MOST_WORDS) for words in texts]
        vectors = self._encoder.words([word for words in texts for word in words[:MOST_WORDS]])
        queries = together(vectors, lengths)
        scores = self._rows_for(len(texts))
        own = scores[:, asked]
        np.matmul(np.column_stack((queries, np.ones(len(texts), np.float32))), known.starts[:, asked], out=own)
        if among is not None and not among[asked].all():
            # What is not asked for stays at -inf, whatever is added to it.
            own[:, ~among[asked]] = -np.inf
        of_words = [vectors[end - length : end] for length, end in zip(lengths, accumulate(lengths), strict=True)]
        return _First(
            scores, asked, of_words, queries, known.is_labelled, self._weights[name], self._coverages.get(tongue)
        )

    def _rows_for(self, texts: int) -> Floats:
        """(texts, concepts), the same memory each time: a new row costs more than what is written in it."""
        if texts > len(self._scores):
            self._scores = np.zeros((texts, self.concepts), np.float32)
        return self._scores[:texts]

    def _covering(self, first: _First, number: int, words: Sequence[str]) -> tuple[Ids, Floats]:
        """Adds to a text's scores what the labels that stand in it count. The best concepts, and what is covered of them."""
        row, coverage, weights = first.scores[number], first.coverage, first.weights
        if coverage is None:
            best = _highest(row[first.asked]) + first.asked.start
            return best, np.zeros(len(best), np.float32)
        touched = coverage.scores(coverage.keys(words), asked=first.asked, into=self._covered)
        share = self._covered[touched]
        row[touched] += share * (weights.coverage + weights.coverage_squared * share)
        best = _highest(row[first.asked]) + first.asked.start
        covered = self._covered[best]
        self._covered[touched] = 0
        return best, covered

    def _weights_name(self, tongue: str, *, is_short: bool) -> str:
        """Which weights a family of languages has, and has for short texts."""
        name = tongue if tongue in self._weights else "no"
        return f"{name}.short" if is_short and f"{name}.short" in self._weights else name

    def _known(self, tongue: str, name: str) -> _Known:
        """What each concept starts with in texts of a family of languages, by the weights of that name."""
        if (tongue, name) not in self._starts:
            weights = self._weights[name]
            coverage = self._coverages.get(tongue)
            is_labelled = coverage.is_labelled if coverage is not None else np.zeros(self.concepts, np.bool_)
            of_centre = weights.centre + weights.nearest + weights.unlabelled_nearest * ~is_labelled
            prior = weights.use * self._prior.use + weights.own * self._prior.is_own + weights.unlabelled * ~is_labelled
            starts = np.empty((self._encoder.dimensions + 1, self.concepts), np.float32)
            np.multiply(self._vectors.centre.T, of_centre.astype(np.float32), out=starts[:-1])
            starts[-1] = prior
            self._starts[tongue, name] = _Known(is_labelled, starts)
        return self._starts[tongue, name]

    def _second(self, first: _First, number: int, words: Sequence[str]) -> _Second:
        """The concepts worth a closer look, and their scores with preferred labels and windows seen too."""
        row, weights = first.scores[number], first.weights
        best, covered = self._covering(first, number, words)
        windows = Windows(first.words[number])
        if not words:
            return _Second(best, row[best], covered, windows, np.empty((0, 2 * len(best)), np.float32))
        vectors = self._both(best)
        near_preferred, near_centre = (vectors @ first.queries[number]).reshape(2, -1)
        gained = np.maximum(near_preferred - near_centre, 0)
        fits = windows.fits(vectors)
        more = np.where(first.is_labelled[best], 0.0, weights.unlabelled_nearest) + weights.nearest
        scores = row[best] + weights.preferred * near_preferred + more * gained + weights.window * _best_of_both(fits)
        return _Second(best, np.asarray(scores, np.float32), covered, windows, fits)


@dataclass(frozen=True, slots=True)
class _Known:
    """`starts` (dimensions + 1, concepts): the centre, as long as its cosine counts, and what is added to it, so that a product
    with a text and a one is all that there is to do; concepts lie side by side, for so the product is made soonest.
    """

    is_labelled: NDArray[np.bool_]
    starts: Floats


@dataclass(frozen=True, slots=True)
class _First:
    """The first step over some texts: `scores` (texts, concepts), of use where they are `asked`; of each text `words` (words,
    dimensions) and `queries` (texts, dimensions).

    It holds until the next first step, which writes over it.
    """

    scores: Floats
    asked: slice
    words: list[Floats]
    queries: Floats
    is_labelled: NDArray[np.bool_]
    weights: Weights
    coverage: Coverage | None


@dataclass(frozen=True, slots=True)
class _Second:
    """The second step over one text: the concepts that were looked at, their scores, what is covered of them, and how well
    each window fits.
    """

    looked_at: Ids
    scores: Floats
    covered: Floats
    windows: Windows
    fits: Floats

    def stretches(self, order: Ids) -> list[tuple[int, int]]:
        """For some of the concepts where the window lies that says them best."""
        fits = self.fits[:, len(self.looked_at) + order]
        # Of windows with the same words the first, whatever the last bit of a sum says.
        best = (fits >= fits.max(axis=0) - _SAME).argmax(axis=0)
        return [self.windows.edges[window] for window in best.tolist()]


def _best_of_both(fits: Floats) -> Floats:
    """(concepts,): the best cosine of any window with either vector of each concept."""
    best = fits.max(axis=0)
    return np.asarray(np.maximum(best[: len(best) // 2], best[len(best) // 2 :]), np.float32)


def _reach(among: NDArray[np.bool_]) -> slice:
    """From the first to the last that is asked for. The concepts of a kind lie side by side, so few others are among them."""
    asked = np.flatnonzero(among)
    return slice(int(asked[0]), int(asked[-1]) + 1) if len(asked) else slice(0, 0)


def _highest(row: Floats) -> Ids:
    """Where the `_LOOKED_AT` highest scores are, rising. A sample tells where to cut, then few need sorting."""
    count = min(_LOOKED_AT, len(row))
    sample = row[::_SAMPLED]
    above = min(2 * count // _SAMPLED + 8, len(sample))
    found = np.flatnonzero(row >= np.partition(sample, len(sample) - above)[len(sample) - above])
    if len(found) < count:
        found = np.arange(len(row))
    if len(found) == count:
        return found
    return np.sort(found[np.argpartition(row[found], len(found) - count)[-count:]])
