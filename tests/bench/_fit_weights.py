"""Fits the linker's weights and its probabilities, and prints the numbers for `weights.py` and `calibration.py`.

`KF_TEST_DATA=DIR python -m tests.bench._fit_weights INDEX`. English is fitted on the public validation sets, Norwegian on
the seen half of our own needs; the test sets and the unseen half take no part. For a third of the Norwegian texts the
Norwegian labels of some concepts are hidden, so that what has none is weighed too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking import Linker
from kompetanse.linking.bench.sets import Example, read_set, sets_in
from kompetanse.linking.calibration import signs as link_signs
from kompetanse.linking.concept_index import ConceptIndex
from kompetanse.linking.hearing import hear
from kompetanse.linking.lemmas import family
from kompetanse.linking.links import Polarity
from kompetanse.linking.matching import matches_in
from kompetanse.linking.ranking import Weights
from kompetanse.linking.terms import Kind

_NEEDS = Path("tests/data/linking/needs_seen.tsv")
_FIRST = {"preferred": 4, "centre": 4, "nearest": 4, "coverage": 8, "window": 8, "use": 0.1, "unlabelled_nearest": 8}
_NAMES = [field.name for field in fields(Weights)]
Matrix = NDArray[np.float64]


def main() -> None:
    index = ConceptIndex.open(Path(sys.argv[1]))
    public = {one.name: one.examples for one in sets_in(Path(os.environ["KF_TEST_DATA"]))}
    english = [public["tech_validation"], public["house_validation"]]
    norwegian = [read_set(_NEEDS).examples]
    print("en", _weights(index, english, leave_out=("unlabelled", "unlabelled_nearest")))
    print("no", _weights(index, norwegian, hidden=0.33))
    print("en", _curve(index, english, kinds=("skill",)))
    print("no", _curve(index, norwegian, kinds=("skill", "occupation")))


def _words(example: Example) -> list[str]:
    heard = hear(example.text, language=example.language, assume=Polarity.NEED)
    return [one.sentence.tokens[number].text for one in heard for number in one.telling()]


def _weights(
    index: ConceptIndex, sets: Sequence[Sequence[Example]], *, leave_out: Sequence[str] = (), hidden: float = 0.0
) -> str:
    """Listwise softmax with a little L2, each set weighing the same, by Adam."""
    rng = np.random.default_rng(1)
    rows: list[tuple[Matrix, Matrix, float]] = []
    for examples in sets:
        kinds: tuple[Kind, ...] = ("skill",) if examples[0].language == "en" else ("skill", "occupation")
        for example in examples:
            concepts, signs = index.ranker.signs(_words(example), language=example.language, among=index.among(kinds))
            right = np.isin(concepts, [index.numbers.get(uri, -1) for uri in example.gold]).astype(float)
            if not right.any():
                continue
            right /= right.sum()
            rows.append((signs.astype(float), right, 1 / len(examples)))
            if hidden:
                rows.append((_with_hidden(signs, rng).astype(float), right, hidden / len(examples)))
    free = np.array([name not in leave_out for name in _NAMES], float)
    weights = np.array([_FIRST.get(name, 0.0) for name in _NAMES]) * free
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    total = sum(share for _, _, share in rows)
    for step in range(1, 801):
        slope = 0.002 * weights
        for signs, right, share in rows:
            likely = np.exp(signs @ weights - (signs @ weights).max())
            slope += share / total * (signs.T @ (likely / likely.sum() - right))
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        stride = 0.15 * (1 - step / 800) * free
        weights -= stride * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return ", ".join(f"{name}={weight:.2f}" for name, weight in zip(_NAMES, weights, strict=True) if weight)


def _with_hidden(signs: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The signs as they would be, had half of the concepts no label in the text's language."""
    changed = signs.copy()
    chosen = rng.random(len(signs)) < 0.5
    place = {name: number for number, name in enumerate(_NAMES)}
    changed[chosen, place["coverage"]] = changed[chosen, place["coverage_squared"]] = 0
    changed[chosen, place["own"]] = 0
    changed[chosen, place["unlabelled"]] = 1
    changed[chosen, place["unlabelled_nearest"]] = changed[chosen, place["nearest"]]
    return changed


def _curve(index: ConceptIndex, sets: Sequence[Sequence[Example]], *, kinds: Sequence[Kind]) -> str:
    """Logistic regression by Newton's method: is a link right, given what speaks for it?"""
    linker = Linker.from_vocabulary(index=index)
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    for example in (example for examples in sets for example in examples):
        for one in hear(example.text, language=example.language, assume=Polarity.NEED):
            words = [one.sentence.tokens[number].text for number in one.telling()]
            [near] = index.ranker.near([words], language=example.language, limit=12, among=index.among(kinds))
            by_uri = {index.uris[each.concept]: each for each in near}
            terms = linker._index(family(example.language))
            matches = matches_in(one, terms, kinds=kinds, most=20) if terms else {}
            for uri in {*by_uri, *matches}:
                rows.append((1.0, *link_signs(matches.get(uri), by_uri.get(uri))))
                right.append(float(uri in example.gold))
    signs, truth = np.array(rows), np.array(right)
    curve = np.zeros(signs.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-signs @ curve))
        slope = signs.T @ (truth - likely) - 0.5 * curve
        bend = (signs * (likely * (1 - likely))[:, None]).T @ signs + 0.5 * np.eye(len(curve))
        curve += np.linalg.solve(bend, slope)
    likely = 1 / (1 + np.exp(-signs @ curve))
    bands = [(low, high, (likely >= low) & (likely < high)) for low, high in ((0.8, 1.01), (0.35, 0.8), (0.05, 0.35))]
    told = "; ".join(
        f"{low}-{high}: {band.sum()} links, {truth[band].mean():.2f} right" for low, high, band in bands if band.any()
    )
    return f"({', '.join(f'{weight:.2f}' for weight in curve)})  # {told}"


if __name__ == "__main__":
    main()
