"""The static bi-encoder's training, in numpy alone: texts about one concept are drawn together, all others apart.

In-batch InfoNCE (van den Oord et al. 2018) over pairs of texts of one concept, across languages where there are
several. Half of each batch are neighbours in ESCO's hierarchy: the hard negatives of Decorte et al. 2022. Questions
are padded with words from running text, so that words which tell nothing learn to weigh nothing. Row-wise Adagrad.
One thread and one seed give the same rows, bit by bit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kompetanse.linking.building.pairs import Texts
from kompetanse.linking.encoder import unit
from kompetanse.linking.subwords import TABLE_ROWS

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

_TEMPERATURE: Final = 0.07
_FIRST_SIZE: Final = 0.3
# Neighbours in the hierarchy stand within so many places of each other, give or take.
_NEIGHBOURHOOD: Final = 150.0
# ESCO in several languages has ten times as many, the starter vocabulary alone fewer.
_MANY_TEXTS: Final = 60_000
_FEWEST_PADDING: Final = 2
_MOST_PADDING: Final = 12

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fine: two epochs over ESCO in four languages take three minutes of one core."""

    epochs: int = 2
    dimensions: int = 128
    batch: int = 1024
    rate: float = 0.02
    padded_share: float = 0.4
    neighbour_share: float = 0.5


def suited(texts: int) -> Plan:
    """The plan for so many texts: the starter vocabulary alone is read more often, in smaller batches."""
    return Plan() if texts > _MANY_TEXTS else Plan(epochs=8, dimensions=96, batch=512)


def train(texts: Texts, *, plan: Plan, seed: int, progress: Progress | None = None) -> Floats:
    """(TABLE_ROWS, dimensions): the trained rows. Concepts must be numbered in order of kin."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(0, _FIRST_SIZE / plan.dimensions**0.5, (TABLE_ROWS, plan.dimensions)).astype(np.float32)
    memory = np.full(TABLE_ROWS, 1e-6, np.float32)
    pairing = _Pairing(texts)
    step = 0
    for epoch in range(plan.epochs):
        questions, answers = pairing.pairs(rng)
        batches = _batches(texts.concepts[questions], plan=plan, rng=rng)
        steps = max(plan.epochs * len(batches), 1)
        for number, batch in enumerate(batches):
            rate = plan.rate * max(1 - step / (1.15 * steps), 0.05)
            _learn(rows, memory, texts, questions[batch], answers[batch], plan=plan, rate=rate, rng=rng)
            step += 1
            if progress:
                progress(epoch * len(batches) + number + 1, steps)
    return rows


class _Pairing:
    """Which texts may answer which: another one of the same concept that is no description."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._order = np.argsort(texts.concepts, kind="stable")
        concepts = texts.concepts[self._order]
        self._begins = np.searchsorted(concepts, texts.concepts)
        self._sizes = np.searchsorted(concepts, texts.concepts, side="right") - self._begins

    def pairs(self, rng: np.random.Generator) -> tuple[Ids, Ids]:
        texts = self._texts
        questions = np.arange(len(texts.concepts))
        answers = self._another(rng)
        # Three tries for one that fits; an answer in the same language is taken half of the time.
        for _ in range(3):
            is_same_language = texts.languages[answers] == texts.languages
            is_poor = (answers == questions) | texts.is_description[answers]
            is_poor |= is_same_language & (rng.random(len(questions)) < 0.5)
            answers = np.where(is_poor, self._another(rng), answers)
        fits = (answers != questions) & ~texts.is_description[answers]
        return questions[fits], answers[fits]

    def _another(self, rng: np.random.Generator) -> Ids:
        return self._order[self._begins + (rng.random(len(self._sizes)) * self._sizes).astype(np.int64)]


def _batches(concepts: Ids, *, plan: Plan, rng: np.random.Generator) -> list[Ids]:
    """Batches of pair numbers: the neighbour share of them are half kin, half strangers; the others all strangers."""
    half = plan.batch // 2
    by_kin = np.argsort(concepts + rng.normal(0, _NEIGHBOURHOOD, len(concepts)), kind="stable")
    kin = [by_kin[at : at + half] for at in range(0, len(by_kin), half)]
    strangers = np.array_split(rng.permutation(len(concepts)), max(len(concepts) // half, 1))
    kin = [kin[number] for number in rng.permutation(len(kin))]
    mixed = min(int(len(kin) * plan.neighbour_share), len(strangers))
    batches = [np.concatenate(both) for both in zip(kin[:mixed], strangers[:mixed], strict=True)]
    left = strangers[mixed:]
    batches += [np.concatenate(left[at : at + 2]) for at in range(0, len(left), 2)]
    return [batches[number] for number in rng.permutation(len(batches))]


def _learn(
    rows: Floats,
    memory: Floats,
    texts: Texts,
    questions: Ids,
    answers: Ids,
    *,
    plan: Plan,
    rate: float,
    rng: np.random.Generator,
) -> None:
    """One step, in place: forward, loss, and back through texts and words to the rows of their pieces."""
    count = len(questions)
    asked, asked_of = _padded(texts, questions, share=plan.padded_share, rng=rng)
    said, said_of = texts.words.take(answers)
    words, place = np.unique(np.concatenate((asked, said)), return_inverse=True)
    owner = np.concatenate((asked_of, said_of + count))
    found, found_of = texts.pieces.take(words)
    share = np.asarray(texts.weights[words] / np.sqrt(texts.pieces.lengths[words]), np.float32)
    vectors = np.asarray(_summed(rows[found], found_of, len(words)) * share[:, None], np.float32)
    by_text = np.argsort(owner, kind="stable")
    sums = _summed(vectors[place[by_text]], owner[by_text], 2 * count)
    sizes = np.maximum(np.sqrt(np.einsum("ij,ij->i", sums, sums)), 1e-6)[:, None]
    ends = unit(sums)
    pulls = _pulls(ends[:count], ends[count:], texts.concepts[questions], texts.concepts[answers])
    pulls = np.asarray((pulls - np.einsum("ij,ij->i", pulls, ends)[:, None] * ends) / sizes, np.float32)
    by_word = np.argsort(place, kind="stable")
    of_words = np.asarray(_summed(pulls[owner[by_word]], place[by_word], len(words)) * share[:, None], np.float32)
    by_row = np.argsort(found, kind="stable")
    touched, row_of = np.unique(found[by_row], return_inverse=True)
    slopes = _summed(of_words[found_of[by_row]], row_of, len(touched))
    memory[touched] += np.einsum("ij,ij->i", slopes, slopes) / plan.dimensions
    rows[touched] -= rate * slopes / np.sqrt(memory[touched])[:, None]


def _padded(texts: Texts, questions: Ids, *, share: float, rng: np.random.Generator) -> tuple[Ids, Ids]:
    """The questions' words, and for a share of them a few words that some description happens to have."""
    words, owners = texts.words.take(questions)
    counts = rng.integers(_FEWEST_PADDING, _MOST_PADDING, len(questions)) * (rng.random(len(questions)) < share)
    padded = np.repeat(np.arange(len(questions)), counts)
    noise = np.zeros(len(padded), np.int64)
    for code in range(texts.language_count):
        running, wanted = texts.running[code], texts.languages[questions[padded]] == code
        if len(running):
            noise[wanted] = rng.choice(running, int(wanted.sum()))
        else:
            padded, noise = padded[~wanted], noise[~wanted]
    return np.concatenate((words, noise)), np.concatenate((owners, padded))


def _pulls(asked: Floats, said: Floats, asked_concepts: Ids, said_concepts: Ids) -> Floats:
    """(2 × texts, dimensions): the slope of the loss at each question and then at each answer."""
    likeness = asked @ said.T / np.float32(_TEMPERATURE)
    is_same = asked_concepts[:, None] == said_concepts[None]
    np.fill_diagonal(is_same, False)
    likeness[is_same] = -1e4
    likeness -= likeness.max(axis=1, keepdims=True)
    shares = np.exp(likeness)
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.diag_indices(len(shares))] -= 1
    shares /= np.float32(len(shares) * _TEMPERATURE)
    return np.concatenate((shares @ said, shares.T @ asked))


def _summed(values: Floats, owners: Ids, count: int) -> Floats:
    """(count, dimensions): the sum of each owner's rows; `owners` is sorted, and each of `count` may have none."""
    sums = np.zeros((count, values.shape[1]), np.float32)
    if len(owners):
        present, begins = np.unique(owners, return_index=True)
        sums[present] = np.add.reduceat(values, begins, axis=0)
    return sums
