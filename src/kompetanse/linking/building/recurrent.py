"""Fits `kompetanse.linking.recurrent`: by gradient through time (Werbos 1990) and Adam (Kingma & Ba 2015), in numpy; one seed, same net.

So that nothing is known by heart, words are left out (Iyyer et al. 2015), half of the time the very word that is judged, and so are
parts of rows and states (dropout).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.building.ways import Clause
from kompetanse.linking.lemmas import family
from kompetanse.linking.polarity import ruled_stance
from kompetanse.linking.recurrent import (
    COLUMNS,
    Floats,
    Ids,
    Inputs,
    Net,
    Text,
    ids_of,
    inputs_of,
    marks_of,
)
from kompetanse.linking.signs import word_of
from kompetanse.linking.stance import ORDER
from kompetanse.linking.tokens import sentences

_WIDTH: Final = 80
_CELLS: Final = 128
_ROUNDS: Final = 16
_TEXTS_AT_ONCE: Final = 64
_RATE: Final = 3e-3
_LAST_RATE: Final = 1e-4
_WARMING: Final = 200
# What stands in one or two texts alone is not known.
_FEWEST: Final = 3
# So many labels that stand alone are seen in a round.
_ALONE_AT_ONCE: Final = 2_000
_SEED: Final = 1
_HALF: Final = np.float32(0.5)

# How often a word is left out, a rule is, a part of a row, of a state, and the word that is judged.
_WORD_UNSEEN: Final = 0.2
_RULE_UNSEEN: Final = 0.1
_ROW_UNSEEN: Final = 0.5
_STATE_UNSEEN: Final = 0.5
_JUDGED_UNSEEN: Final = 0.5


class Lesson(NamedTuple):
    """A text, and of each of its words that is judged the place, the polarity, and what it counts."""

    inputs: Inputs
    judged: list[tuple[int, int, float]]


class Material(NamedTuple):
    """What a net is fitted to. All `told` are seen in each round, of `ways` one half, of `alone` so many."""

    told: list[Lesson]
    ways: list[Lesson]
    alone: list[Lesson]


class Step(NamedTuple):
    """What a unit makes of a word; all are (2, texts, cells)."""

    reset: Floats
    keep: Floats
    carried: Floats
    new: Floats
    state: Floats


def lessons(clauses: Sequence[Clause], *, hides_rule: bool = False) -> list[Lesson]:
    """One for each text. `hides_rule`: the cues were made with these in view, so they prove nothing."""
    texts: dict[tuple[str, str], list[Clause]] = {}
    for clause in clauses:
        texts.setdefault((family(clause.language), clause.text), []).append(clause)
    return [
        found
        for (tongue, text), own in texts.items()
        if (found := _lesson(text, own, tongue=tongue, hides_rule=hides_rule)) is not None
    ]


def _lesson(text: str, clauses: Sequence[Clause], *, tongue: str, hides_rule: bool) -> Lesson | None:
    read = list(sentences(text, limit=50))
    tokens = [token for sentence in read for token in sentence.tokens]
    judged = [
        (at, ORDER.index(clause.polarity), clause.weight)
        for clause in clauses
        for at in [n for n, token in enumerate(tokens) if token.start < clause.end <= token.end]
    ]
    if not judged:
        return None
    rules = [rule for sentence in read for rule in ruled_stance(sentence.tokens, family=tongue)]
    words = [word_of(token.text, tongue) for token in tokens]
    before = ["", *(sentence.ends for sentence in read)]
    marks = [m for sentence, end in zip(read, before, strict=False) for m in marks_of(sentence.tokens, before=end)]
    [own] = inputs_of([Text(words, [None] * len(words) if hides_rule else rules, marks, read[-1].ends)])
    return Lesson(own, judged)


def fit(material: Material, *, tell: Callable[[str], None]) -> Net:
    """The net under which the lessons are likeliest, near enough."""
    rng = np.random.default_rng(_SEED)
    counts = Counter(n for one in (*material.told, *material.ways) for n in np.unique(one.inputs).tolist())
    known = np.asarray(sorted(number for number, count in counts.items() if count >= _FEWEST), np.uint32)
    net = begun(known, rng)
    mind = _Mind(net)
    ids = {id(one.inputs): ids_of(one.inputs, known) for part in material for one in part}
    for turn in range(_ROUNDS):
        batches = list(_batches(material, rng))
        losses: list[float] = []
        for number, at in enumerate(rng.permutation(len(batches))):
            some = batches[at]
            loss, moves = slopes(net, [ids[id(one.inputs)] for one in some], [one.judged for one in some], rng)
            done = (turn * len(batches) + number) / (_ROUNDS * len(batches))
            losses.append(loss)
            mind.move(net, moves, rate=_LAST_RATE + (_RATE - _LAST_RATE) * (1 + float(np.cos(np.pi * done))) / 2)
        tell(f"round {turn + 1} of {_ROUNDS}, loss {sum(losses) / len(losses):.3f}")
    return net


def begun(known: NDArray[np.uint32], rng: np.random.Generator) -> Net:
    def drawn(*shape: int, spread: float) -> Floats:
        return (rng.standard_normal(shape) * spread).astype(np.float32)

    return Net(
        known,
        drawn(len(known) + COLUMNS, _WIDTH, spread=0.1),
        drawn(2, _WIDTH, 3 * _CELLS, spread=_WIDTH**-0.5),
        np.zeros((2, 3 * _CELLS), np.float32),
        drawn(2, _CELLS, 3 * _CELLS, spread=_CELLS**-0.5),
        drawn(2 * _CELLS, len(ORDER), spread=(2 * _CELLS) ** -0.5),
        np.zeros(len(ORDER), np.float32),
    )


def _batches(material: Material, rng: np.random.Generator) -> Iterator[list[Lesson]]:
    """Texts of about the same length together; which ones is drawn anew in each round."""
    some = [
        *material.told,
        *(material.ways[at] for at in rng.permutation(len(material.ways))[: len(material.ways) // 2]),
        *(material.alone[at] for at in rng.permutation(len(material.alone))[:_ALONE_AT_ONCE]),
    ]
    drawn = rng.random(len(some))
    order = sorted(range(len(some)), key=lambda at: (len(some[at].inputs) // 4, drawn[at]))
    for begin in range(0, len(order), _TEXTS_AT_ONCE):
        yield [some[at] for at in order[begin : begin + _TEXTS_AT_ONCE]]


class Slopes(NamedTuple):
    """How the loss moves with each number of a net; `of.rows` are only those rows that were `read`."""

    read: Ids
    of: Net


def _kept(shape: tuple[int, ...], share: float, rng: np.random.Generator) -> Floats:
    """What is left when `share` is left out, made as much as all was."""
    return (rng.random(shape, dtype=np.float32) >= share).astype(np.float32) / np.float32(1 - share)


def _blurred(ids: Ids, judged: Ids, unknown: int, rng: np.random.Generator) -> Ids:
    """Some words and rules are read as unknown; with a word its stem, as often as not."""
    ids = ids.copy()
    word, rule, both = rng.random((3, len(ids))) < np.asarray([[_WORD_UNSEEN], [_RULE_UNSEEN], [0.5]])
    ids[word, 0] = unknown
    ids[word & both, 1] = unknown + 1
    ids[rule, 3] = unknown + 3
    hidden = judged[rng.random(len(judged)) < _JUDGED_UNSEEN]
    ids[hidden, 0], ids[hidden, 1] = unknown, unknown + 1
    return ids


def slopes(
    net: Net, texts: Sequence[Ids], judged: Sequence[Sequence[tuple[int, int, float]]], rng: np.random.Generator
) -> tuple[float, Slopes]:
    """The loss over some texts (rows of `ids_of`), which is the mean of -log of the right shares, and how it moves with each number."""
    lengths = np.asarray([len(one) for one in texts])
    begins = np.cumsum(lengths) - lengths
    text, at, right = np.asarray([(n, at, right) for n, own in enumerate(judged) for at, right, _ in own]).T
    counted = np.asarray([weight for own in judged for _, _, weight in own], np.float32)
    ids = _blurred(np.concatenate(texts), begins[text] + at, len(net.known), rng)
    rows_kept = _kept((len(ids), net.rows.shape[1]), _ROW_UNSEEN, rng)
    rows = net.rows[ids].sum(axis=1) * rows_kept
    steps = read_steps(rows, lengths, net)
    states = np.stack([one.state for one in steps])
    cells = states.shape[-1]
    front, back = (at, 0, text), (lengths[text] - 1 - at, 1, text)
    states_kept = _kept((len(at), 2 * cells), _STATE_UNSEEN, rng)
    heard = np.concatenate((states[front], states[back]), axis=1) * states_kept
    loss, of_scores = _judged(heard @ net.out + net.lean, right, counted)
    of_heard = (of_scores @ net.out.T) * states_kept
    of_states = np.zeros_like(states)
    # A word may be judged twice.
    for number, own in enumerate(of_heard):
        of_states[at[number], 0, text[number]] += own[:cells]
        of_states[back[0][number], 1, text[number]] += own[cells:]
    of_into, of_on = _through_time(steps, of_states, net.on)
    of_own = laid_end_to_end(of_into, lengths)
    read, of_rows = _by_row(ids, (of_own @ np.concatenate(net.into, axis=1).T) * rows_kept)
    of = Net(
        known=net.known,
        rows=of_rows,
        into=np.stack(np.split(rows.T @ of_own, 2, axis=1)),
        bias=of_own.sum(axis=0).reshape(2, -1),
        on=of_on,
        out=heard.T @ of_scores,
        lean=of_scores.sum(axis=0),
    )
    return loss, Slopes(read, of)


def _judged(scores: Floats, right: Ids, counted: Floats) -> tuple[float, Floats]:
    """The loss, and its slopes (judged words, polarities)."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    counted = counted / max(float(counted.sum()), 1.0)
    every = np.arange(len(right))
    loss = -float(counted @ np.log(shares[every, right]))
    shares[every, right] -= 1
    return loss, shares * counted[:, None]


def read_steps(rows: Floats, lengths: Ids, net: Net) -> list[Step]:
    state = np.zeros((2, len(lengths), net.on.shape[1]), rows.dtype)
    steps: list[Step] = []
    for into in steps_of(rows, lengths, net):
        steps.append(step(state, into, net.on))
        state = steps[-1].state
    return steps


def step(state: Floats, into: Floats, on: Floats) -> Step:
    """`into`: (2, texts, 3 cells)."""
    cells = state.shape[2]
    carried = state @ on
    # The logistic by way of tanh, which never overflows.
    gates = _HALF * np.tanh(_HALF * (into[..., : 2 * cells] + carried[..., : 2 * cells])) + _HALF
    reset, keep = gates[..., :cells], gates[..., cells:]
    new = np.tanh(into[..., 2 * cells :] + reset * carried[..., 2 * cells :])
    return Step(reset, keep, carried[..., 2 * cells :], new, new + keep * (state - new))


def _through_time(steps: Sequence[Step], of_states: Floats, on: Floats) -> tuple[Floats, Floats]:
    """Slopes of what went into each step (steps, 2, texts, 3 cells), and of `on`."""
    of_into = np.empty((*of_states.shape[:3], 3 * of_states.shape[3]), of_states.dtype)
    of_on = np.zeros_like(on)
    turned = on.transpose(0, 2, 1)
    onward = np.zeros_like(of_states[0])
    for number in range(len(steps) - 1, -1, -1):
        one = steps[number]
        before = steps[number - 1].state if number else np.zeros_like(one.state)
        of_state = of_states[number] + onward
        of_new = of_state * (1 - one.keep) * (1 - one.new**2)
        of_keep = of_state * (before - one.new) * one.keep * (1 - one.keep)
        of_reset = of_new * one.carried * one.reset * (1 - one.reset)
        of_into[number] = np.concatenate((of_reset, of_keep, of_new), axis=2)
        of_carried = np.concatenate((of_reset, of_keep, of_new * one.reset), axis=2)
        of_on += before.transpose(0, 2, 1) @ of_carried
        onward = of_state * one.keep + of_carried @ turned
    return of_into, of_on


def _by_row(ids: Ids, of_words: Floats) -> tuple[Ids, Floats]:
    """Which rows were read, and the sum of what comes to each."""
    every = ids.reshape(-1)
    order = np.argsort(every, kind="stable")
    read, begins = np.unique(every[order], return_index=True)
    return read, np.add.reduceat(of_words[order // COLUMNS], begins, axis=0)


class _Mind:
    """Adam's two means of each slope. Rows that were not read stay as they are, and so do their means."""

    def __init__(self, net: Net) -> None:
        self._means = [(np.zeros_like(one), np.zeros_like(one)) for one in _parts(net)]
        self._steps = 0

    def move(self, net: Net, slopes: Slopes, *, rate: float) -> None:
        self._steps += 1
        rate *= min(1.0, self._steps / _WARMING)
        first, second = 1 - 0.9**self._steps, 1 - 0.999**self._steps
        for number, (part, slope) in enumerate(zip(_parts(net), _parts(slopes.of), strict=True)):
            speed, spread = self._means[number]
            own = slopes.read if number == 0 else slice(None)
            speed[own] = 0.9 * speed[own] + 0.1 * slope
            spread[own] = 0.999 * spread[own] + 0.001 * slope**2
            part[own] -= (rate * (speed[own] / first) / (np.sqrt(spread[own] / second) + 1e-8)).astype(np.float32)


def _parts(net: Net) -> tuple[Floats, ...]:
    return net.rows, net.into, net.bias, net.on, net.out, net.lean


def steps_of(rows: Floats, lengths: Ids, net: Net) -> Floats:
    """(longest, 2, texts, 3 cells): what goes into each step from the front and from the back.

    Where a text is at its end its last word is read again, to no avail.
    """
    own = (rows @ np.concatenate(net.into, axis=1) + net.bias.reshape(-1)).reshape(len(rows), 2, -1)
    begins = np.cumsum(lengths) - lengths
    at = np.minimum(np.arange(int(lengths.max()))[:, None], lengths - 1)
    return np.stack((own[begins + at, 0], own[begins + lengths - 1 - at, 1]), axis=1)


def laid_end_to_end(states: Floats, lengths: Ids) -> Floats:
    """(words of all texts, 2 cells) from (longest, 2, texts, cells) as they came, step by step."""
    text = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(len(text)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.concatenate((states[at, 0, text], states[lengths[text] - 1 - at, 1, text]), axis=1)
