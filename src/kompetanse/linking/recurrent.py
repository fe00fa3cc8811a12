"""A small recurrent net that reads a whole text from both ends, so that "trenger dere kokker? nei" denies what was asked.

Gated recurrent units (Cho et al. 2014, in the order of Chung et al. 2014), some dozens each way, over the sum of five rows for each
word: of itself, its stem, its kind, what the cues say of it, and the mark before it. Fitted by `kompetanse index polarity` in
`building/recurrent`; it lies in `ways`, its rows eight bits each, packed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.links import Polarity
from kompetanse.linking.signs import Word, number_of, rows_of
from kompetanse.linking.tokens import Token

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

# Words with their marks, ready to be looked up: (words + 1, columns); the last row is the end of the text.
Inputs = NDArray[np.uint32]

COLUMNS: Final = 5
_SALTS: Final = np.asarray([number_of(f"net {one}") for one in ("word", "stem", "kind", "rule", "mark")], np.uint32)
_OF_WORD: Final = [Word._fields.index(one) for one in ("number", "stem", "kind")]
_NO_WORD: Final = Word(0, 0, 0, 0)
_END: Final = "end"
_AS: Final = {"…": ".", "—": "–", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "•": "\n", "▪": "\n", "●": "\n"}
# So many words are read at a time: enough to be fast, few enough to be small.
_WORDS_AT_ONCE: Final = 4_000
_HEAD: Final = struct.Struct("<IIIIf")
_LEVEL: Final = 9
_ONE: Final = np.float32(1)


class _Parted(NamedTuple):
    """What leads to some of the units, both ways: (2, width, units) from a word, (2, 1, units) bias, (2, cells, units) from the word before."""

    into: Floats
    bias: Floats
    on: Floats


@dataclass(frozen=True, slots=True)
class Net:
    """Of `cells` units each way, the one from the front first.

    `known`: numbers, rising, that have rows of their own. `rows`: (known + columns, width), the last for what is unknown in each column.
    `into`: (2, width, 3 cells) and `bias`: (2, 3 cells) from a word, `on`: (2, cells, 3 cells) from the word before; reset, keep and new
    in this order. `out`: (2 cells, polarities) and `lean`: (polarities).
    """

    known: NDArray[np.uint32]
    rows: Floats
    into: Floats
    bias: Floats
    on: Floats
    out: Floats
    lean: Floats
    # Reset and keep, turned to minus, as the logistic wants them; and new. Side by side each of them is passed over in one go.
    gates: _Parted = field(init=False, repr=False)
    new: _Parted = field(init=False, repr=False)

    def __post_init__(self) -> None:
        cut = 2 * self.on.shape[1]
        told = (self.into, self.bias[:, None], self.on)
        object.__setattr__(self, "gates", _Parted(*(-one[..., :cut] for one in told)))
        object.__setattr__(self, "new", _Parted(*(np.ascontiguousarray(one[..., cut:]) for one in told)))


class Text(NamedTuple):
    """The words of a text with what the cues say of each and the mark before it; `ends` is the mark after the last."""

    words: Sequence[Word]
    rules: Sequence[Polarity | None]
    marks: Sequence[str]
    ends: str


def inputs_of(texts: Sequence[Text]) -> list[Inputs]:
    """The inputs of each text; made in one go, for most of the time goes to calls."""
    lengths = [len(text.words) + 1 for text in texts]
    told = np.empty((sum(lengths), COLUMNS), np.uint32)
    told[:, :3] = rows_of([word for text in texts for word in (*text.words, _NO_WORD)])[:, _OF_WORD]
    told[:, 3] = [_told(rule or "-") for text in texts for rule in (*text.rules, _END)]
    told[:, 4] = [_told(mark) for text in texts for mark in (*text.marks, _plain(text.ends))]
    told += _SALTS
    ends = list(accumulate(lengths))
    return [told[end - length : end] for length, end in zip(lengths, ends, strict=True)]


def marks_of(tokens: Sequence[Token], *, before: str) -> list[str]:
    """The mark before each word of a sentence; before the first stands what ended the sentence before."""
    return [_plain(mark) for mark in (before, *(token.mark for token in tokens[1:]))]


def _plain(mark: str) -> str:
    """Dots, dashes and line breaks of all kinds as one of each."""
    return _AS.get(mark[:1], mark[:1])


@cache
def _told(name: str) -> int:
    return number_of(f"told {name}")


def ids_of(inputs: Inputs, known: NDArray[np.uint32]) -> Ids:
    """(words + 1, columns): which row stands for each."""
    at = np.minimum(np.searchsorted(known, inputs), len(known) - 1)
    return np.where(known[at] == inputs, at, len(known) + np.arange(COLUMNS))


def shares_of(texts: Sequence[Inputs], net: Net) -> list[Floats]:
    """For each text (words, polarities): how likely each polarity is for each word; rows sum to one."""
    found: dict[int, Floats] = {}
    for some in _longest_first(texts):
        lengths = np.asarray([len(texts[number]) for number in some])
        ids = ids_of(np.concatenate([texts[number] for number in some]), net.known)
        rows = net.rows[ids[:, 0]]
        for column in range(1, COLUMNS):
            rows += net.rows[ids[:, column]]
        with np.errstate(over="ignore"):
            states = _read(rows, lengths, net)
        scores = states @ net.out + net.lean
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        ends = np.cumsum(lengths)
        for number, begin, end in zip(some, ends - lengths, ends, strict=True):
            found[number] = shares[begin : end - 1]
    return [found[number] for number in range(len(texts))]


def _longest_first(texts: Sequence[Inputs]) -> Iterator[list[int]]:
    """The numbers of texts, the longest first, as many as are read at a time."""
    some: list[int] = []
    words = 0
    for number in sorted(range(len(texts)), key=lambda one: -len(texts[one])):
        if some and words + len(texts[number]) > _WORDS_AT_ONCE:
            yield some
            some, words = [], 0
        some.append(number)
        words += len(texts[number])
    if some:
        yield some


def _read(rows: Floats, lengths: Ids, net: Net) -> Floats:
    """(words of all texts, 2 cells) from (words of all texts, width), the longest text first.

    As `building.recurrent.step` says, in memory that is made once: for a text alone most of the time goes to calls, not to sums.
    What is read in a step lies side by side, and a text that is at its end is read no further.
    """
    cells, most = net.on.shape[1], len(lengths)
    front, back, counts = _places(lengths)
    laid = np.empty((2, *rows.shape), np.float32)
    laid[0, front] = laid[1, back] = rows
    gates, new = (laid @ part.into + part.bias for part in (net.gates, net.new))
    states = np.empty((2, len(rows), cells), np.float32)
    state = np.zeros((2, most, cells), np.float32)
    room_for_gates, room_for_new = (np.empty((2, most, units), np.float32) for units in (2 * cells, cells))
    begin = 0
    for count in counts:
        now = slice(begin, begin + count)
        state, following = state[:, :count], states[:, now]
        gate, fresh = room_for_gates[:, :count], room_for_new[:, :count]
        np.matmul(state, net.gates.on, out=gate)
        np.add(gate, gates[:, now], out=gate)
        # The logistic; what is too large for an exponent is rightly nothing.
        np.exp(gate, out=gate)
        np.add(gate, _ONE, out=gate)
        np.reciprocal(gate, out=gate)
        np.matmul(state, net.new.on, out=fresh)
        np.multiply(fresh, gate[..., :cells], out=fresh)
        np.add(fresh, new[:, now], out=fresh)
        np.tanh(fresh, out=fresh)
        np.subtract(state, fresh, out=following)
        np.multiply(following, gate[..., cells:], out=following)
        np.add(following, fresh, out=following)
        state = following
        begin += count
    return np.concatenate((states[0, front], states[1, back]), axis=1)


def _places(lengths: Ids) -> tuple[Ids, Ids, list[int]]:
    """Where each word of the texts, end to end and the longest first, lies step by step, read from the front and from the back;
    and how many texts are read in each step.
    """
    counts = np.searchsorted(-lengths, -np.arange(lengths[0]))
    begins = np.cumsum(counts) - counts
    text = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(len(text)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return begins[at] + text, begins[lengths[text] - 1 - at] + text, counts.tolist()


@cache
def the_net() -> Net | None:
    """The net that reads all languages; None where nobody has fitted any."""
    file = files("kompetanse.linking").joinpath("ways", "polarity.net")
    return read_net(file.read_bytes()) if file.is_file() else None


def write_net(net: Net) -> bytes:
    """Rows as whole numbers, the largest 127; all else as it is."""
    scale = np.float32(127 / max(float(np.abs(net.rows).max()), 1e-6))
    known, width = len(net.known), net.rows.shape[1]
    head = _HEAD.pack(known, width, net.on.shape[1], len(net.lean), scale)
    rest = b"".join(one.astype("<f4").tobytes() for one in (net.into, net.bias, net.on, net.out, net.lean))
    rows = np.rint(net.rows * scale).astype(np.int8).tobytes()
    return zlib.compress(head + net.known.astype("<u4").tobytes() + rest + rows, _LEVEL)


def read_net(packed: bytes) -> Net:
    """As `write_net` writes it."""
    told = zlib.decompress(packed)
    known, width, cells, polarities, scale = _HEAD.unpack_from(told)
    numbers = np.frombuffer(told, "<u4", known, _HEAD.size)
    at = _HEAD.size + numbers.nbytes
    rest: list[Floats] = []
    for shape in ((2, width, 3 * cells), (2, 3 * cells), (2, cells, 3 * cells), (2 * cells, polarities), (polarities,)):
        one = np.frombuffer(told, "<f4", int(np.prod(shape)), at)
        rest.append(one.astype(np.float32).reshape(shape))
        at += one.nbytes
    rows = np.frombuffer(told, np.int8, (known + COLUMNS) * width, at).reshape(-1, width)
    return Net(numbers.astype(np.uint32), rows.astype(np.float32) / np.float32(scale), *rest)
