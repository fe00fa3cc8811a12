"""The net that reads a text from both ends: what it answers does not hang on its company, and its slopes are the loss's own."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.linking import Polarity
from kompetanse.linking.building import recurrent as building
from kompetanse.linking.building.recurrent import Material, fit, lessons
from kompetanse.linking.building.ways import Clause
from kompetanse.linking.recurrent import (
    COLUMNS,
    Inputs,
    Net,
    Text,
    ids_of,
    inputs_of,
    marks_of,
    read_net,
    shares_of,
    the_net,
    write_net,
)
from kompetanse.linking.signs import word_of
from kompetanse.linking.tokens import sentences
from tests.kompetanse.linking.test_gold_clauses import said


def read(text: str) -> Inputs:
    """A text of one sentence, with no cue heard in it."""
    (sentence,) = sentences(text, limit=2)
    words = [word_of(token.text, "no") for token in sentence.tokens]
    [found] = inputs_of([Text(words, [None] * len(words), marks_of(sentence.tokens, before=""), sentence.ends)])
    return found


def net() -> Net:
    found = the_net()
    assert found is not None
    return found


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=30), min_size=1, max_size=8))
def test_a_text_is_read_alike_alone_and_among_others(words: list[list[int]]):
    texts = [np.asarray([[word] * COLUMNS for word in text], np.uint32) for text in words]
    for text, together in zip(texts, shares_of(texts, net()), strict=True):
        (alone,) = shares_of([text], net())
        assert together.shape == (len(text) - 1, len(Polarity))
        assert np.allclose(alone, together, atol=1e-4)
        assert np.allclose(together.sum(axis=1), 1, atol=1e-4)


@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=12), min_size=1, max_size=5), st.integers(0, 9))
def test_what_is_read_is_what_was_fitted(words: list[list[int]], seed: int):
    """The two ways through the units, one for reading and one for fitting, come to the same."""
    rng = np.random.default_rng(seed)
    small = building.begun(np.arange(30, dtype=np.uint32), rng)
    texts = [np.asarray([[word] * COLUMNS for word in text], np.uint32) for text in words]
    lengths = np.asarray([len(text) for text in texts])
    rows = small.rows[ids_of(np.concatenate(texts), small.known)].sum(axis=1)
    states = np.stack([one.state for one in building.read_steps(rows, lengths, small)])
    scores = building.laid_end_to_end(states, lengths) @ small.out + small.lean
    wanted = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    ends = np.cumsum(lengths)
    for found, begin, end in zip(shares_of(texts, small), ends - lengths, ends, strict=True):
        assert np.allclose(found, wanted[begin : end - 1], atol=1e-5)


def test_no_text_is_no_answer():
    assert shares_of([], net()) == []


def test_what_was_asked_is_answered_over_a_full_stop():
    assert said("Trenger dere kokker? Nei.", "kokker", language="nb") == "not_needed"
    assert said("Trenger dere kokker? Ja, to stykker.", "kokker", language="nb") == "need"


@pytest.mark.slow
def test_a_net_is_written_as_it_is_read():
    packed = files("kompetanse.linking").joinpath("ways", "polarity.net").read_bytes()
    again = read_net(write_net(read_net(packed)))
    assert again.known.tolist() == net().known.tolist()
    assert np.array_equal(np.rint(again.rows * 1e4), np.rint(net().rows * 1e4))
    assert all(np.array_equal(one, other) for one, other in zip(parts(again)[1:], parts(net())[1:], strict=True))


def parts(of: Net) -> tuple[np.ndarray, ...]:
    return of.rows, of.into, of.bias, of.on, of.out, of.lean


@pytest.mark.parametrize("name", ["rows", "into", "bias", "on", "out", "lean"])
def test_slopes_are_what_a_small_step_changes(name: str, monkeypatch: pytest.MonkeyPatch):
    """Beside differences of the loss itself, in double precision, with nothing left out."""
    for share in ("_WORD_UNSEEN", "_RULE_UNSEEN", "_ROW_UNSEEN", "_STATE_UNSEEN", "_JUDGED_UNSEEN"):
        monkeypatch.setattr(building, share, 0.0)
    rng = np.random.default_rng(5)
    known = np.arange(7, dtype=np.uint32)
    small = building.begun(known, rng)
    small = Net(known, *(part.astype(np.float64) for part in parts(small)))
    texts = [rng.integers(0, len(known) + COLUMNS, (length, COLUMNS)) for length in (3, 6, 1)]
    judged = [[(0, 1, 1.0), (2, 0, 0.5)], [(4, 3, 1.0), (4, 3, 1.0)], [(0, 4, 2.0)]]

    def loss() -> float:
        return building.slopes(small, texts, judged, rng)[0]

    _, slopes = building.slopes(small, texts, judged, rng)
    part, slope = getattr(small, name), getattr(slopes.of, name)
    for _ in range(12):
        at = tuple(rng.integers(0, size) for size in slope.shape)
        place = (slopes.read[at[0]], *at[1:]) if name == "rows" else at
        kept = part[place]
        part[place] = kept + 1e-5
        above = loss()
        part[place] = kept - 1e-5
        below = loss()
        part[place] = kept
        assert slope[at] == pytest.approx((above - below) / 2e-5, rel=1e-3, abs=1e-6)


def test_the_same_lessons_give_the_same_net(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(building, "_ROUNDS", 2)
    told = lessons(
        [
            Clause(f"{begin} {skill}", len(begin) + 1 + len(skill), polarity, "nb", 1.0)
            for skill in ("kokker", "sveisere", "truck")
            for begin, polarity in (("vi trenger", Polarity.NEED), ("vi har", Polarity.HAVE))
        ]
    )
    material = Material(told, told, told)
    assert write_net(fit(material, tell=str)) == write_net(fit(material, tell=str))


def test_a_clause_without_its_target_is_no_lesson():
    assert lessons([Clause("vi trenger folk", 999, Polarity.NEED, "nb", 1.0)]) == []
    assert len(lessons([Clause("vi trenger folk", 15, Polarity.NEED, "nb", 1.0)])) == 1
    assert read("vi trenger folk").shape == (4, COLUMNS)
