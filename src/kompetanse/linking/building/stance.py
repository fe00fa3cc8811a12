"""Fits what `kompetanse.linking.stance` weighs: a softmax over signs, by gradient, in numpy; one seed, same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.building.ways import Clause
from kompetanse.linking.lemmas import family
from kompetanse.linking.polarity import clauses_of, ruled_stance
from kompetanse.linking.signs import rule_sign, signs_of, word_of
from kompetanse.linking.stance import ORDER, Weights, laid_out, weightiest
from kompetanse.linking.tokens import Token, sentences

# A sign that stands in one clause alone is that clause, not a sign.
_FEWEST: Final = 3
_RATE: Final = 0.1
# All signs are weighed so many times, and what is light is pulled towards nothing; then only the weightiest, each time
# without some of them, so that no turn of phrase hangs on one word.
_STEPS: Final = 80
_SHRINK: Final = 1e-6
_STEPS_ANEW: Final = 120
# So many clauses are read in one go, which is faster.
_AT_ONCE: Final = 64
_HIDDEN: Final = 0.3
_SEED: Final = 1


class Example(NamedTuple):
    """The signs of one word, what is said of it, and what the example counts."""

    signs: list[int]
    polarity: int
    weight: float


def example(clause: Clause, *, hides_rule: bool = False) -> Example | None:
    """As `examples`, of one clause."""
    return examples([clause], hides_rule=hides_rule)[0]


def examples(clauses: Sequence[Clause], *, hides_rule: bool = False) -> list[Example | None]:
    """Of each clause; None where the target is no word. They are of one family of languages, and read some at a time.

    `hides_rule`: the cues were made with these clauses in view, so they prove nothing.
    """
    found: list[Example | None] = []
    for begin in range(0, len(clauses), _AT_ONCE):
        found += _some_examples(clauses[begin : begin + _AT_ONCE], hides_rule=hides_rule)
    return found


def _some_examples(clauses: Sequence[Clause], *, hides_rule: bool) -> list[Example | None]:
    said = [(number, *one) for number, clause in enumerate(clauses) if (one := _sentence_of(clause)) is not None]
    if not said:
        return [None] * len(clauses)
    tongue = family(clauses[0].language)
    ruled = [ruled_stance(tokens, family=tongue) for _, tokens, _ in said]
    words = [[word_of(token.text, tongue) for token in tokens] for _, tokens, _ in said]
    laid = laid_out([(own, clauses_of(one[1]), rules) for own, one, rules in zip(words, said, ruled, strict=True)])
    rules = ["-" if hides_rule else str(rule or "-") for each in ruled for rule in each]
    signs = signs_of([word for own in words for word in own], laid, rules)
    found: list[Example | None] = [None] * len(clauses)
    first = 0
    for (number, tokens, target), clause in zip(said, [clauses[one[0]] for one in said], strict=True):
        own = signs.numbers[(signs.lows <= first + target) & (first + target < signs.highs)].tolist()
        if hides_rule:
            own.remove(rule_sign("-"))
        found[number] = Example(own, ORDER.index(clause.polarity), clause.weight)
        first += len(tokens)
    return found


def _sentence_of(clause: Clause) -> tuple[Sequence[Token], int] | None:
    """The sentence that the target stands in, and which of its words it is."""
    for sentence in sentences(clause.text, limit=50):
        for number, token in enumerate(sentence.tokens):
            if token.start < clause.end <= token.end:
                return sentence.tokens, number
    return None


def fit(examples: Sequence[Example]) -> Weights:
    """The weights under which the examples are likeliest, of as many signs as are written."""
    counts = Counter(sign for one in examples for sign in set(one.signs))
    known = sorted(sign for sign, count in counts.items() if count >= _FEWEST)
    first = _fitted(examples, known, steps=_STEPS, shrink=_SHRINK)
    kept = first.signs[weightiest(first.weights)].tolist()
    return _fitted(examples, kept, steps=_STEPS_ANEW, hidden=_HIDDEN)


def _fitted(
    examples: Sequence[Example], known: Sequence[int], *, steps: int, shrink: float = 0.0, hidden: float = 0.0
) -> Weights:
    """Weights of the `known` signs, which rise. At each step a share of them is `hidden`."""
    seen = _Seen(examples, known)
    weights = np.zeros((len(known), len(ORDER)), np.float32)
    bias = np.zeros(len(ORDER), np.float32)
    speed: NDArray[np.float32] = np.zeros_like(weights)
    spread: NDArray[np.float32] = np.zeros_like(weights)
    rng = np.random.default_rng(_SEED)
    # What is hidden last would weigh most: the mean of the later steps does not hang on it (Polyak and Juditsky 1992).
    mean, mean_bias = np.zeros_like(weights), np.zeros_like(bias)
    for step in range(1, steps + 1):
        shown = np.ones((len(known), 1), np.float32)
        if hidden:
            shown = (rng.random((len(known), 1)) >= hidden).astype(np.float32) / np.float32(1 - hidden)
        slopes = seen.slopes(weights * shown, bias)
        pull = np.asarray(seen.pull(slopes) * shown + np.float32(shrink) * weights, np.float32)
        speed = np.asarray(0.9 * speed + 0.1 * pull, np.float32)
        spread = np.asarray(0.99 * spread + 0.01 * pull**2, np.float32)
        weights -= _RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        bias -= 0.5 * slopes.sum(axis=0)
        if (later := step - steps // 2) > 0:
            mean += (weights - mean) / later
            mean_bias += (bias - mean_bias) / later
    return Weights(np.asarray(known, np.uint32), mean, mean_bias)


class _Seen:
    """The examples as rows of numbers: whose each sign is, and what it counts there."""

    def __init__(self, examples: Sequence[Example], known: Sequence[int]) -> None:
        numbers = {sign: number for number, sign in enumerate(known)}
        found = [[numbers[sign] for sign in one.signs if sign in numbers] for one in examples]
        self._count = len(known)
        self._owners = np.repeat(np.arange(len(found)), [len(one) for one in found])
        self._signs = np.fromiter((number for one in found for number in one), np.int64)
        self._sizes = np.asarray([[1 / max(len(one), 1) ** 0.5] for one in found], np.float32)
        self._right = np.asarray([one.polarity for one in examples])
        counted = np.asarray([[one.weight] for one in examples], np.float32)
        self._counted = counted / counted.sum()

    def slopes(self, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> NDArray[np.float32]:
        """(examples, polarities): likelihood of each polarity, less one for the right one, times what the example counts."""
        scores = _sums(self._owners, weights[self._signs], len(self._right)) * self._sizes + bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        shares[np.arange(len(self._right)), self._right] -= 1
        return np.asarray(shares * self._counted, np.float32)

    def pull(self, slopes: NDArray[np.float32]) -> NDArray[np.float32]:
        """(signs, polarities): the slopes of each sign's examples together."""
        return _sums(self._signs, (slopes * self._sizes)[self._owners], self._count)


def _sums(places: NDArray[np.int64], rows: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """(count, polarities): the rows of each place together."""
    columns = [np.bincount(places, rows[:, column], count) for column in range(rows.shape[1])]
    return np.stack(columns, axis=1).astype(np.float32)
