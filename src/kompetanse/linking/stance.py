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
from kompetanse.linking.signs import Clause, Word, signs_of, word_of

ORDER: Final = tuple(Polarity)
_PLACE: Final = {polarity: number for number, polarity in enumerate(ORDER)}
# What no cue speaks of, the caller's assumption decides, unless the signs are this sure; and a need that a cue has heard
# stands unless they are. A need that is taken for something else is lost, something else that is taken for a need is seen.
_LEAST_TOLD: Final = 0.45
_LEAST_AGAINST_NEED: Final = 0.45
# What a cue has heard as anything else is turned into a need only by signs as sure as this.
_LEAST_FOR_NEED: Final = 0.67
# As few words without a cue are a label.
_WORDS_OF_A_LABEL: Final = 3
# The weightiest signs of a language are kept; the others are of one turn of phrase each.
_MOST_SIGNS: Final = 60_000
_HEAD: Final = struct.Struct("<If")
_LEVEL: Final = 9


# So many words are weighed at a time: enough to be fast, few enough to be small.
_WORDS_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Weights:
    """(signs, polarities) weights of each of the `signs`, which rise, and the bias."""

    signs: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as its normalised words, its clauses (begin, end, starts with a contrast), and what the cues say of each word.

    `listed` tells which clauses are but one more thing on the list before them.
    """

    words: Sequence[str]
    clauses: Sequence[tuple[int, int, bool]]
    ruled: Sequence[Polarity | None]
    listed: Sequence[bool]


def weigh(sentences: Sequence[Said], *, family: str) -> list[tuple[Polarity | None, ...]]:
    """What each sentence says of each of its words; None where nothing tells."""
    model = weights_for(family)
    said = [tuple(one.ruled) for one in sentences]
    known = [[word_of(word, family) for word in one.words] for one in sentences]
    if model is None:
        return said
    some: list[int] = []
    count = 0
    for number, (one, words) in enumerate(zip(sentences, known, strict=True)):
        if _tells(words, one.ruled, family=family):
            some.append(number)
            count += len(words)
        if count >= _WORDS_AT_ONCE:
            _weigh(some, sentences, known, said, model=model)
            some, count = [], 0
    _weigh(some, sentences, known, said, model=model)
    return said


def _weigh(
    some: Sequence[int],
    sentences: Sequence[Said],
    known: Sequence[Sequence[Word]],
    said: list[tuple[Polarity | None, ...]],
    *,
    model: Weights,
) -> None:
    """Writes what is said of the words of some of the sentences."""
    shares = shares_of([(known[number], sentences[number].clauses, sentences[number].ruled) for number in some], model)
    bests, most = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
    at = 0
    for number in some:
        one = sentences[number]
        words = [
            _decided(rule, ORDER[best], share)
            for rule, best, share in zip(one.ruled, bests[at:], most[at:], strict=False)
        ]
        for (begin, end, _), is_listed in zip(one.clauses, one.listed, strict=True):
            if is_listed:
                words[begin:end] = [words[begin - 1]] * (end - begin)
        said[number] = tuple(words)
        at += len(one.words)


def _decided(rule: Polarity | None, best: Polarity, share: float) -> Polarity | None:
    """What is said of a word: what the cues say, or what is likeliest."""
    if rule is None:
        return None if best is Polarity.NEED or share < _LEAST_TOLD else best
    if rule is Polarity.NEED:
        return rule if share < _LEAST_AGAINST_NEED else best
    if best is Polarity.NEED:
        # "Vi trenger ikke …" must not ask for anything, however the rest of the sentence sounds.
        return rule if rule is Polarity.NOT_NEEDED or share < _LEAST_FOR_NEED else best
    return best


def _tells(words: Sequence[Word], ruled: Sequence[Polarity | None], *, family: str) -> bool:
    """Whether there is anything to weigh: a bare "kjøre traktor" says nothing of itself."""
    return any(ruled) or (
        len(words) > _WORDS_OF_A_LABEL and (kinds_for(family) is None or any(word.kind for word in words))
    )


def shares_of(
    sentences: Sequence[tuple[Sequence[Word], Sequence[tuple[int, int, bool]], Sequence[Polarity | None]]],
    model: Weights,
) -> NDArray[np.float64]:
    """(words of all sentences, polarities): how likely each polarity is for each word; rows sum to one.

    A sentence is its words, its clauses and what the cues say.
    """
    words = [word for one in sentences for word in one[0]]
    if not words or not len(model.signs):
        return np.full((len(words), len(ORDER)), 1 / len(ORDER))
    signs = signs_of(words, laid_out(sentences), [rule or "-" for one in sentences for rule in one[2]])
    at = np.minimum(np.searchsorted(model.signs, signs.numbers), len(model.signs) - 1)
    is_known = model.signs[at] == signs.numbers
    weights = model.weights[at[is_known]]
    lows, highs = signs.lows[is_known], signs.highs[is_known]
    count = len(words) + 1
    # Each weight comes in where its words begin and goes out where they end.
    sums = np.empty((count, len(ORDER)))
    for polarity in range(len(ORDER)):
        own = weights[:, polarity]
        sums[:, polarity] = np.bincount(lows, own, count) - np.bincount(highs, own, count)
    spoken = np.cumsum(np.bincount(lows, minlength=count) - np.bincount(highs, minlength=count))[:-1, None]
    # A long clause has more signs, not stronger ones.
    scores = np.cumsum(sums, axis=0)[:-1] / np.sqrt(np.maximum(spoken, 1)) + model.bias
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def laid_out(
    sentences: Sequence[tuple[Sequence[Word], Sequence[tuple[int, int, bool]], Sequence[Polarity | None]]],
) -> list[Clause]:
    """The clauses of sentences that lie end to end."""
    clauses: list[Clause] = []
    first = 0
    for words, of_it, _ in sentences:
        last = first + len(words)
        clauses += [Clause(first + begin, first + end, first, last, contrast) for begin, end, contrast in of_it]
        first = last
    return clauses


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
    return Weights(known.astype(np.uint32), rows.astype(np.float32) / np.float32(scale), bias.astype(np.float32))


def write_weights(model: Weights) -> bytes:
    """The largest weight becomes 127; what rounds to nothing is left out, and what is lightest when there are too many."""
    largest = float(np.abs(model.weights).max()) if model.weights.size else 1.0
    scale = np.float32(math.floor(127 / max(largest, 1e-6) * 1000) / 1000)
    rows = np.rint(model.weights * scale).astype(np.int8)
    kept = weightiest(rows)
    kept = kept[np.abs(rows[kept]).max(axis=1, initial=0) > 0]
    head = _HEAD.pack(len(kept), scale) + model.bias.astype("<f4").tobytes()
    return zlib.compress(head + model.signs[kept].astype("<u4").tobytes() + rows[kept].tobytes(), _LEVEL)


def weightiest(weights: NDArray[np.float32] | NDArray[np.int8]) -> NDArray[np.int64]:
    """The numbers of as many signs as are kept, rising; of equals the first."""
    heaviest = np.abs(weights).max(axis=1, initial=0)
    return np.sort(np.argsort(-heaviest, kind="stable")[:_MOST_SIGNS])
