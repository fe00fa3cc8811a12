"""The fitted numbers: what each sign of a link counts, in Norwegian and in English.

Fitted by a listwise softmax: English on the two public validation sets (TECH and HOUSE), Norwegian on the seen half of
our own needs. `python -m tests.bench._fit_weights` fits them anew and prints this file's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kompetanse.linking.ranking import Weights

WEIGHTS: Final[Mapping[str, Weights]] = {
    "no": Weights(
        preferred=0.27,
        centre=2.53,
        nearest=2.57,
        coverage=3.20,
        coverage_squared=-0.25,
        window=3.97,
        use=0.14,
        own=0.53,
        unlabelled=-0.28,
        unlabelled_nearest=2.67,
    ),
    "en": Weights(
        preferred=2.30,
        centre=2.66,
        nearest=2.08,
        coverage=4.44,
        coverage_squared=-1.30,
        window=6.61,
        use=0.11,
        own=0.26,
    ),
}
