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
from kompetanse.linking.signs import plain, signs_of
from kompetanse.linking.stance import ORDER, Weights, known_by
from kompetanse.linking.tokens import sentences

# A sign that stands in one clause alone is that clause, not a sign.
_FEWEST: Final = 3
_STEPS: Final = 80
_RATE: Final = 0.1
_SHRINK: Final = 1e-6


class Example(NamedTuple):
    """The signs of one word, what is said of it, and what the example counts."""

    signs: list[str]
    polarity: int
    weight: float


def example(clause: Clause, *, hides_rule: bool = False) -> Example | None:
    """None where the target is no word. `hides_rule`: the cues were made with this clause in view, so they prove nothing."""
    tongue = family(clause.language)
    for sentence in sentences(clause.text, limit=50):
        at = [n for n, token in enumerate(sentence.tokens) if token.start < clause.end <= token.end]
        if not at:
            continue
        rules = ["-" if hides_rule else str(rule or "-") for rule in ruled_stance(sentence.tokens, family=tongue)]
        words = [plain(token.text, family=tongue) for token in sentence.tokens]
        begin, end, is_contrast = next(each for each in clauses_of(sentence.tokens) if each[0] <= at[0] < each[1])
        signs = [
            name
            for name, low, high in signs_of(
                words, begin=begin, end=end, is_contrast=is_contrast, rules=rules, family=tongue
            )
            if low <= at[0] < high and not (hides_rule and name.startswith("rule="))
        ]
        return Example(signs, ORDER.index(clause.polarity), clause.weight)
    return None


def fit(examples: Sequence[Example]) -> Weights:
    """The weights under which the examples are likeliest."""
    counts = Counter(name for one in examples for name in set(one.signs))
    numbers = {name: number for number, name in enumerate(sorted(n for n, c in counts.items() if c >= _FEWEST))}
    found = [[numbers[name] for name in one.signs if name in numbers] for one in examples]
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
    present, begins = np.unique(signs[by_sign], return_index=True)
    for step in range(1, _STEPS + 1):
        slopes = _slopes(weights, bias, signs, owners, sizes, right) * counted[:, None]
        pull = _SHRINK * weights
        pull[present] += np.add.reduceat((slopes[owners] * sizes)[by_sign], begins, axis=0)
        speed = 0.9 * speed + 0.1 * pull
        spread = 0.99 * spread + 0.01 * pull**2
        weights -= _RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        bias -= 0.5 * slopes.sum(axis=0)
    return Weights({known_by(name): number for name, number in numbers.items()}, weights, bias)


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
