"""Fits what `kompetanse.linking.stance` weighs: a softmax over signs, by gradient, in numpy; one seed, same weights.

At each step half of the signs are not seen (dropout, Srivastava et al. 2014), so that no clause is known by a few words that only it has.
"""

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
from kompetanse.linking.stance import ORDER, Weights, laid_out
from kompetanse.linking.tokens import sentences

# A sign that stands in one clause alone is that clause, not a sign.
_FEWEST: Final = 3
_STEPS: Final = 80
_RATE: Final = 0.1
_SHRINK: Final = 1e-6
_UNSEEN: Final = 0.5
_SEED: Final = 0


class Example(NamedTuple):
    """The signs of one word, what is said of it, and what the example counts."""

    signs: list[int]
    polarity: int
    weight: float


def example(clause: Clause, *, hides_rule: bool = False) -> Example | None:
    """None where the target is no word. `hides_rule`: the cues were made with this clause in view, so they prove nothing."""
    tongue = family(clause.language)
    for sentence in sentences(clause.text, limit=50):
        at = [n for n, token in enumerate(sentence.tokens) if token.start < clause.end <= token.end]
        if not at:
            continue
        ruled = ruled_stance(sentence.tokens, family=tongue)
        words = [word_of(token.text, tongue) for token in sentence.tokens]
        clauses = laid_out([(words, clauses_of(sentence.tokens), ruled)])
        signs = signs_of(words, clauses, ["-" if hides_rule else str(rule or "-") for rule in ruled])
        own = signs.numbers[(signs.lows <= at[0]) & (at[0] < signs.highs)].tolist()
        if hides_rule:
            own.remove(rule_sign("-"))
        return Example(own, ORDER.index(clause.polarity), clause.weight)
    return None


def fit(examples: Sequence[Example]) -> Weights:
    """The weights under which the examples are likeliest."""
    counts = Counter(sign for one in examples for sign in set(one.signs))
    known = sorted(sign for sign, count in counts.items() if count >= _FEWEST)
    numbers = {sign: number for number, sign in enumerate(known)}
    found = [[numbers[sign] for sign in one.signs if sign in numbers] for one in examples]
    owners = np.repeat(np.arange(len(found)), [len(one) for one in found])
    signs = np.fromiter((number for one in found for number in one), np.int64)
    sizes = np.asarray([1 / max(len(one), 1) ** 0.5 for one in found], np.float32)[owners, None]
    right = np.asarray([one.polarity for one in examples])
    counted = np.asarray([one.weight for one in examples], np.float32)
    counted /= counted.sum()
    weights = np.zeros((len(numbers), len(ORDER)), np.float32)
    bias = np.zeros(len(ORDER), np.float32)
    speed, spread = np.zeros_like(weights), np.zeros_like(weights)
    by_sign = np.argsort(signs, kind="stable")
    rng = np.random.default_rng(_SEED)
    present, begins = np.unique(signs[by_sign], return_index=True)
    for step in range(1, _STEPS + 1):
        seen = sizes * (rng.random(sizes.shape, dtype=np.float32) >= _UNSEEN) / np.float32(1 - _UNSEEN)
        slopes = _slopes(weights, bias, signs, owners, seen, right) * counted[:, None]
        pull = _SHRINK * weights
        pull[present] += np.add.reduceat((slopes[owners] * seen)[by_sign], begins, axis=0)
        speed = 0.9 * speed + 0.1 * pull
        spread = 0.99 * spread + 0.01 * pull**2
        weights -= _RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        bias -= 0.5 * slopes.sum(axis=0)
    return Weights(np.asarray(known, np.uint32), weights, bias)


def _slopes(
    weights: NDArray[np.float32],
    bias: NDArray[np.float32],
    signs: NDArray[np.int64],
    owners: NDArray[np.int64],
    sizes: NDArray[np.float32],
    right: NDArray[np.int64],
) -> NDArray[np.float32]:
    """(examples, polarities): likelihood of each polarity, less one for the right one."""
    scores = np.zeros((len(right), len(ORDER)), np.float32)
    np.add.at(scores, owners, weights[signs] * sizes)
    scores += bias
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.arange(len(right)), right] -= 1
    return shares
