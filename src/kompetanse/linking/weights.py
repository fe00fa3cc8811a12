"""The fitted numbers: what each sign of a link counts, in Norwegian and in English.

Fitted by a listwise softmax: English on the two public validation sets (TECH and HOUSE), Norwegian on the seen half of
our own needs. `python -m tests.bench._fit_weights` fits them anew and prints this file's numbers. What is as short as a
label has weights of its own, fitted on labels that no index holds: 700 machine-translated ones, used for nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kompetanse.linking.ranking import Weights

WEIGHTS: Final[Mapping[str, Weights]] = {
    "no": Weights(
        preferred=1.39,
        centre=2.41,
        nearest=2.28,
        coverage=1.50,
        coverage_squared=2.00,
        window=3.26,
        use=-0.02,
        own=0.40,
        unlabelled=-0.60,
        unlabelled_nearest=5.30,
    ),
    "no.short": Weights(
        preferred=7.41,
        centre=5.50,
        nearest=6.50,
        coverage=0.21,
        coverage_squared=0.28,
        window=1.09,
        use=-0.19,
        own=0.49,
        unlabelled=-0.49,
        unlabelled_nearest=3.66,
    ),
    "en": Weights(
        preferred=2.19,
        centre=2.46,
        nearest=1.64,
        coverage=4.20,
        coverage_squared=-0.90,
        window=6.74,
        use=0.07,
        own=0.01,
    ),
}
