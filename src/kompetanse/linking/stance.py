"""A stance weighed rather than ruled: what cues cannot foresee is learnt from ways of saying it.

A linear model with a softmax over the five polarities. Its signs are `signs`, what the cues say is one of them;
its weights were fitted by `kompetanse index polarity` and lie in `ways`, eight bits each, packed.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking import recurrent
from kompetanse.linking.kinds import kinds_for
from kompetanse.linking.links import Polarity
from kompetanse.linking.recurrent import the_net
from kompetanse.linking.signs import Clause, Word, signs_of, word_of

ORDER: Final = tuple(Polarity)
_PLACE: Final = {polarity: number for number, polarity in enumerate(ORDER)}
# As few words without a cue are a label.
_WORDS_OF_A_LABEL: Final = 3
# The weightiest signs of a language are kept; the others are of one turn of phrase each.
_MOST_SIGNS: Final = 60_000
_HEAD: Final = struct.Struct("<If")
_LEVEL: Final = 9


# So many words are weighed at a time: enough to be fast, few enough to be small.
_WORDS_AT_ONCE: Final = 2_000
# Sentences of a text that stand together are read in one go, as long as they are no more words than these.
_WORDS_OF_A_PIECE: Final = 80
# What the net is worth beside the signs.
_NET: Final = 0.6
_LEAST: Final = 1e-6
# So many bits of a sign are left out of its beginning; more would tell less, fewer cost memory.
_REST: Final = np.uint32(12)


@dataclass(frozen=True, slots=True)
class Weights:
    """(signs, polarities) weights of each of the `signs`, which rise, and the bias."""

    signs: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    # With what bits a sign may begin: most of what is asked for is none, and this tells so sooner than a search.
    beginnings: NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        beginnings = np.zeros(1 << (32 - _REST), np.bool_)
        beginnings[self.signs >> _REST] = True
        object.__setattr__(self, "beginnings", beginnings)

    def find(self, numbers: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of the numbers are signs, and where among the signs each of these is."""
        maybe = np.flatnonzero(self.beginnings[numbers >> _REST])
        at = np.minimum(np.searchsorted(self.signs, numbers[maybe]), len(self.signs) - 1)
        is_known = self.signs[at] == numbers[maybe]
        return maybe[is_known], at[is_known]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as its normalised words, its clauses (begin, end, starts with a contrast), and what the cues say of each word.

    `settled` are begin and end of the clauses of which the cues know all, `marks` tells what stands before each word, `ends`
    what stands after the last.
    """

    words: Sequence[str]
    clauses: Sequence[tuple[int, int, bool]]
    ruled: Sequence[Polarity | None]
    settled: Sequence[tuple[int, int]]
    marks: Sequence[str]
    ends: str


class _Piece(NamedTuple):
    """Sentences that are read in one go, and the words of each."""

    sentences: Sequence[Said]
    words: list[list[Word]]


def weigh(texts: Sequence[Sequence[Said]], *, family: str) -> list[list[tuple[Polarity | None, ...]]]:
    """What each sentence of each text says of each of its words; None where nothing tells."""
    model = weights_for(family)
    said: list[list[tuple[Polarity | None, ...]]] = [[tuple(one.ruled) for one in text] for text in texts]
    if model is None:
        return said
    waiting: list[tuple[int, int, _Piece]] = []
    count = 0
    for number, text in enumerate(texts):
        for first, piece in _pieces(text, family=family):
            waiting.append((number, first, piece))
            count += sum(map(len, piece.words))
            if count >= _WORDS_AT_ONCE:
                _weigh(waiting, said, model=model)
                waiting, count = [], 0
    _weigh(waiting, said, model=model)
    return said


def _pieces(text: Sequence[Said], *, family: str) -> Iterator[tuple[int, _Piece]]:
    """Where each piece of a text begins, and the piece; none in which nothing is said of anything, or all is settled."""
    begin = words = 0
    for number, one in enumerate(text):
        if number > begin and words + len(one.words) > _WORDS_OF_A_PIECE:
            yield from _piece(text, begin, number, family=family)
            begin, words = number, 0
        words += len(one.words)
    yield from _piece(text, begin, len(text), family=family)


def _piece(text: Sequence[Said], begin: int, end: int, *, family: str) -> Iterator[tuple[int, _Piece]]:
    if all(len(one.settled) == len(one.clauses) for one in text[begin:end]):
        return
    words = [[word_of(word, family) for word in one.words] for one in text[begin:end]]
    if any(_tells(own, one.ruled, family=family) for own, one in zip(words, text[begin:end], strict=True)):
        yield begin, _Piece(text[begin:end], words)


def _weigh(
    some: Sequence[tuple[int, int, _Piece]], said: list[list[tuple[Polarity | None, ...]]], *, model: Weights
) -> None:
    """Writes what is said of the words of some pieces."""
    if not some:
        return
    shares = _shares_of([piece for _, _, piece in some], model)
    bests = [ORDER[best] for best in shares.argmax(axis=1).tolist()]
    at = 0
    for number, first, piece in some:
        for nth, one in enumerate(piece.sentences, start=first):
            said[number][nth] = tuple(map(_decided, one.ruled, bests[at : at + len(one.words)]))
            at += len(one.words)


def _shares_of(pieces: Sequence[_Piece], model: Weights) -> NDArray[np.float64]:
    """As `shares_of`: what the signs tell and what the net has read, each as much as it is worth."""
    signs = shares_of(
        [
            (words, one.clauses, one.ruled)
            for piece in pieces
            for words, one in zip(piece.words, piece.sentences, strict=True)
        ],
        model,
    )
    net = the_net()
    if net is None:
        return signs
    read = np.concatenate(recurrent.shares_of(recurrent.inputs_of([_read_of(piece) for piece in pieces]), net))
    both = np.exp((1 - _NET) * np.log(signs + _LEAST) + _NET * np.log(read + _LEAST))
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def _read_of(piece: _Piece) -> recurrent.Text:
    words = [word for own in piece.words for word in own]
    rules = [rule for one in piece.sentences for rule in one.ruled]
    marks = [mark for one in piece.sentences for mark in one.marks]
    return recurrent.Text(words, rules, marks, piece.sentences[-1].ends)


def _decided(rule: Polarity | None, best: Polarity) -> Polarity | None:
    """What is said of a word: what is likeliest, unless the cues know better."""
    if best is not Polarity.NEED:
        return best
    # What no cue speaks of is the caller's to assume; and "vi trenger ikke …" asks for nothing, however the rest of the sentence sounds.
    return rule if rule is None or rule is Polarity.NOT_NEEDED else best


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
    known, at = model.find(signs.numbers)
    weights = model.weights[at]
    lows, highs = signs.lows[known], signs.highs[known]
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
