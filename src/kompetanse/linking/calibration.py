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


def signs(match: Match | None, near: Near | None) -> tuple[float, float, float, float, float]:
    """What the curve weighs, after the bias."""
    score, exact = (match.score, float(match.basis == "exact")) if match is not None else (0.0, 0.0)
    if near is None:
        return score, exact, 0.0, _FAR, 0.0
    logarithm = max(math.log(near.share), _FAR) if near.share > 0 else _FAR
    return score, exact, near.share, logarithm, near.coverage


def probability(match: Match | None, near: Near | None, *, language: str) -> float:
    """Of a hundred links with these signs, so many hundredths are right; in (0, 1)."""
    bias, score, exact, share, its_logarithm, coverage = _CURVES.get(family(language), _CURVES["no"])
    of_score, of_exact, of_share, of_logarithm, of_coverage = signs(match, near)
    told = score * of_score + exact * of_exact + share * of_share + its_logarithm * of_logarithm
    return 1 / (1 + math.exp(-(bias + (told + coverage * of_coverage))))
