"""A stance weighed rather than ruled: what cues cannot foresee is learnt from ways of saying it.

A linear model with a softmax over the five polarities. Its signs are `signs`, what the cues say is one of them;
its weights were fitted by `kompetanse index polarity` and lie in `ways`, eight bits each, packed.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.kinds import kinds_for
from kompetanse.linking.links import Polarity
from kompetanse.linking.signs import plain, signs_of

ORDER: Final = tuple(Polarity)
_PLACE: Final = {polarity: number for number, polarity in enumerate(ORDER)}
# What no cue speaks of, the caller's assumption decides, unless the signs are this sure; and a need that a cue has heard
# stands unless they are. A need that is taken for something else is lost, something else that is taken for a need is seen.
_LEAST_TOLD: Final = 0.6
_LEAST_AGAINST_NEED: Final = 0.5
# The weightiest signs of a language are kept; the others are of one turn of phrase each.
_MOST_SIGNS: Final = 20_000
_HEAD: Final = struct.Struct("<If")
_LEVEL: Final = 9


@dataclass(frozen=True, slots=True)
class Weights:
    """(signs, polarities) weights by the number of the sign, and the bias; `numbers` finds it by what a sign is known by."""

    numbers: dict[int, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def weigh(
    words: Sequence[str],
    clauses: Sequence[tuple[int, int, bool]],
    ruled: Sequence[Polarity | None],
    *,
    listed: Sequence[bool],
    family: str,
) -> tuple[Polarity | None, ...]:
    """What a sentence says of each of its normalised words; None where nothing tells.

    `ruled` is what the cues say of each word, `listed` which clauses are but one more thing on the list before them.
    """
    model = weights_for(family)
    if model is None or not _tells(words, ruled, family=family):
        return tuple(ruled)
    said = list(ruled)
    shares = shares_of(words, clauses, ruled, model=model, family=family)
    for number, rule in enumerate(ruled):
        row = shares[number]
        best = int(row.argmax())
        if rule is None and (ORDER[best] is Polarity.NEED or row[best] < _LEAST_TOLD):
            continue
        if rule is Polarity.NEED and row[best] < _LEAST_AGAINST_NEED:
            continue
        # "Vi trenger ikke …" must not ask for anything, however the rest of the sentence sounds.
        if rule is Polarity.NOT_NEEDED and ORDER[best] is Polarity.NEED:
            continue
        said[number] = ORDER[best]
    for (begin, end, _), is_listed in zip(clauses, listed, strict=True):
        if is_listed:
            said[begin:end] = [said[begin - 1]] * (end - begin)
    return tuple(said)


def _tells(words: Sequence[str], ruled: Sequence[Polarity | None], *, family: str) -> bool:
    """Whether there is anything to weigh: a bare "sveise aluminium" says nothing of itself."""
    known = kinds_for(family)
    return any(ruled) or known is None or any(known.of(plain(word, family=family)) for word in words)


def shares_of(
    words: Sequence[str],
    clauses: Sequence[tuple[int, int, bool]],
    ruled: Sequence[Polarity | None],
    *,
    model: Weights,
    family: str,
) -> NDArray[np.float32]:
    """(words, polarities): how likely each polarity is for each word; rows sum to one."""
    known = [plain(word, family=family) for word in words]
    rules = [rule or "-" for rule in ruled]
    found: list[int] = []
    lows: list[int] = []
    highs: list[int] = []
    for begin, end, is_contrast in clauses:
        for name, low, high in signs_of(
            known, begin=begin, end=end, is_contrast=is_contrast, rules=rules, family=family
        ):
            number = model.numbers.get(known_by(name))
            if number is not None and low < high:
                found.append(number)
                lows.append(low)
                highs.append(high)
    sums = np.zeros((len(words) + 1, len(ORDER) + 1), np.float32)
    if found:
        rows = np.ones((len(found), len(ORDER) + 1), np.float32)
        rows[:, :-1] = model.weights[found]
        np.add.at(sums, lows, rows)
        np.subtract.at(sums, highs, rows)
    sums = np.cumsum(sums, axis=0)[:-1]
    # A long clause has more signs, not stronger ones.
    scores = sums[:, :-1] / np.sqrt(np.maximum(sums[:, -1:], 1)) + model.bias
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


def known_by(name: str) -> int:
    """Four bytes for a sign's name: a name in full would be most of the file."""
    return zlib.crc32(name.encode())


@cache
def weights_for(family: str) -> Weights | None:
    """The weights of a family of languages; None where nobody has fitted any."""
    file = files("kompetanse.linking").joinpath("ways", f"{family}.weights")
    return read_weights(file.read_bytes()) if file.is_file() else None


def read_weights(packed: bytes) -> Weights:
    """As `write_weights` writes them: how many, the scale, the bias; all that signs are known by, and the whole numbers."""
    told = zlib.decompress(packed)
    count, scale = _HEAD.unpack_from(told)
    bias = np.frombuffer(told, "<f4", len(ORDER), _HEAD.size)
    at = _HEAD.size + bias.nbytes
    known = np.frombuffer(told, "<u4", count, at)
    rows = np.frombuffer(told, np.int8, count * len(ORDER), at + known.nbytes).reshape(-1, len(ORDER))
    numbers = {one: number for number, one in enumerate(known.tolist())}
    return Weights(numbers, rows.astype(np.float32) / np.float32(scale), bias.astype(np.float32))


def write_weights(model: Weights) -> bytes:
    """The largest weight becomes 127; what rounds to nothing is left out, and what is lightest when there are too many."""
    largest = float(np.abs(model.weights).max()) if model.weights.size else 1.0
    scale = np.float32(math.floor(127 / max(largest, 1e-6) * 1000) / 1000)
    rows = np.rint(model.weights * scale).astype(np.int8)
    heavy = sorted(model.numbers, key=lambda one: (-int(np.abs(rows[model.numbers[one]]).max()), one))[:_MOST_SIGNS]
    kept = sorted(one for one in heavy if rows[model.numbers[one]].any())
    told = rows[[model.numbers[one] for one in kept]]
    head = _HEAD.pack(len(kept), scale) + model.bias.astype("<f4").tobytes()
    return zlib.compress(head + np.asarray(kept, "<u4").tobytes() + told.tobytes(), _LEVEL)
