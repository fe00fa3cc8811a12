"""How good a ranking and a choice are, in per cent, as the field counts it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

# The places (from 1) that a text's gold concepts got; a concept that is no candidate has none.
Places = Sequence[int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine said of one text: the places of the gold concepts, how many they are, and what it chose."""

    places: tuple[int, ...]
    gold: frozenset[str]
    chosen: frozenset[str]


def r_precision(answers: Collection[Answer], *, at: int) -> float:
    """RP@k: hits among the first k over min(k, gold concepts), the mean over texts."""
    return _mean([sum(place <= at for place in one.places) / min(at, len(one.gold)) for one in answers])


def reciprocal_rank(answers: Collection[Answer]) -> float:
    """MRR: one over the place of the first gold concept, the mean over texts."""
    return _mean([1 / min(one.places) if one.places else 0.0 for one in answers])


def micro_f1(answers: Collection[Answer]) -> float:
    """F1 of what was chosen, over all texts together. Gold is incomplete, so this is a floor."""
    right = sum(len(one.gold & one.chosen) for one in answers)
    said = sum(len(one.chosen) for one in answers) + sum(len(one.gold) for one in answers)
    return 200 * right / said if said else 0.0


def _mean(shares: Sequence[float]) -> float:
    return 100 * sum(shares) / len(shares) if shares else 0.0
