"""How probable a link is: a logistic curve over what speaks for it, fitted on texts whose right links are known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from kompetanse.linking.alignment import Match
from kompetanse.linking.lemmas import family
from kompetanse.linking.ranking import Near

# Fitted by `tests.bench._fit_weights`: bias, match score, is exact, share of the softmax, its logarithm, coverage.
_CURVES: Final[Mapping[str, tuple[float, ...]]] = {
    "no": (-0.17, -0.14, 0.43, 3.06, 0.77, 0.48),
    "en": (-0.72, 0.38, 0.18, 0.74, 0.68, 1.33),
}
# The logarithm of a share that is not among the nearest.
_FAR: Final = -8.0


def signs(match: Match | None, near: Near | None) -> tuple[float, ...]:
    """What the curve weighs, after the bias."""
    return (
        match.score if match else 0.0,
        float(match is not None and match.basis == "exact"),
        near.share if near else 0.0,
        max(math.log(near.share), _FAR) if near and near.share > 0 else _FAR,
        near.coverage if near else 0.0,
    )


def probability(match: Match | None, near: Near | None, *, language: str) -> float:
    """Of a hundred links with these signs, so many hundredths are right; in (0, 1)."""
    bias, score, exact, share, its_logarithm, coverage = _CURVES.get(family(language), _CURVES["no"])
    signs_of = signs(match, near)
    told = score * signs_of[0] + exact * signs_of[1] + share * signs_of[2] + its_logarithm * signs_of[3]
    return 1 / (1 + math.exp(-(bias + (told + coverage * signs_of[4]))))
