"""Yes and no, a scale, a ranking, consent: what may be answered, and what it adds up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.board import VoteMethod
from kompetanse.board.voting import NO, OBJECT, SKIP, SMALLEST_GROUP, YES, Answers, bridge_score, is_answer, outcomes

OPTIONS = ["a", "b", "c"]
_METHODS = [VoteMethod.YES_NO, VoteMethod.SCALE, VoteMethod.RANKING, VoteMethod.CONSENT]


@pytest.mark.parametrize(
    ("method", "said", "is_right"),
    [
        (VoteMethod.YES_NO, {"a": YES, "b": NO, "c": SKIP}, True),
        (VoteMethod.YES_NO, {"a": 4}, False),
        (VoteMethod.YES_NO, {"z": YES}, False),
        (VoteMethod.SCALE, {"a": 5, "b": 1}, True),
        (VoteMethod.SCALE, {"a": 0}, False),
        (VoteMethod.RANKING, {"a": 2, "b": 1, "c": 3}, True),
        (VoteMethod.RANKING, {"a": 1}, True),
        (VoteMethod.RANKING, {"a": 1, "b": 1}, False),
        (VoteMethod.RANKING, {"a": 2}, False),
        (VoteMethod.DOTS, {"a": 1}, False),
    ],
)
def test_only_what_is_voted_on_within_bounds_and_no_place_twice(
    method: VoteMethod, said: dict[str, int], is_right: bool
):
    assert is_answer(method, said, options=OPTIONS) is is_right


def test_skipping_is_not_a_no():
    ballots = [Answers("1", "", {"a": YES}), Answers("2", "", {"a": SKIP}), Answers("3", "", {"a": NO})]
    first = next(each for each in outcomes(VoteMethod.YES_NO, ballots, options=["a"]))
    assert (first.score, first.answered, first.answers) == (1, 2, {NO: 1, YES: 1})


def test_borda_counts_every_option_it_was_put_before():
    """Saari's textbook case: a b c from three, b c a from two: a 6, b 7, c 2."""
    ballots = [Answers(f"x{n}", "", {"a": 1, "b": 2, "c": 3}) for n in range(3)]
    ballots += [Answers(f"y{n}", "", {"b": 1, "c": 2, "a": 3}) for n in range(2)]
    assert [(each.option, each.score) for each in outcomes(VoteMethod.RANKING, ballots, options=OPTIONS)] == [
        ("b", 7),
        ("a", 6),
        ("c", 2),
    ]


def test_what_nobody_objects_to_comes_before_what_most_want():
    ballots = [Answers(str(n), "", {"a": YES, "b": YES if n < 3 else SKIP}) for n in range(8)]
    ballots.append(Answers("9", "", {"a": OBJECT, "b": YES}))
    assert [each.option for each in outcomes(VoteMethod.CONSENT, ballots, options=["a", "b"])] == ["b", "a"]


_BALLOTS = st.lists(
    st.builds(
        Answers,
        voter=st.uuids().map(str),
        sector=st.sampled_from(["business", "education", "public", ""]),
        said=st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 3)),
    ),
    max_size=40,
)


@given(st.sampled_from(_METHODS), _BALLOTS)
def test_every_answer_is_counted_once_and_no_small_sector_is_told(method: VoteMethod, ballots: list[Answers]):
    skips = {SKIP} if method in (VoteMethod.YES_NO, VoteMethod.CONSENT) else set()
    for each in outcomes(method, ballots, options=OPTIONS):
        answers = [one.said[each.option] for one in ballots if each.option in one.said]
        assert each.answered == sum(each.answers.values()) == sum(value not in skips for value in answers)
        for sector, score in each.by_sector.items():
            those = [one for one in ballots if one.sector == sector and one.said.get(each.option, SKIP) not in skips]
            assert score is None or sum(each.option in one.said for one in those) >= SMALLEST_GROUP
        assert each.bridge is None or 0 < each.bridge < 1


@given(st.integers(0, 10), st.integers(0, 10))
def test_the_bridge_is_that_of_the_yes_in_each_sector(yes_here: int, yes_there: int):
    ballots = [Answers(f"b{n}", "business", {"a": YES if n < yes_here else NO}) for n in range(10)]
    ballots += [Answers(f"e{n}", "education", {"a": YES if n < yes_there else NO}) for n in range(10)]
    (only,) = outcomes(VoteMethod.YES_NO, ballots, options=["a"])
    assert only.bridge == bridge_score([(yes_here, 10), (yes_there, 10)])
    assert only.by_sector == {"business": yes_here, "education": yes_there}


@given(st.sampled_from(_METHODS), _BALLOTS, st.randoms())
def test_the_order_of_the_ballots_changes_nothing(method: VoteMethod, ballots: list[Answers], rng):
    told = outcomes(method, ballots, options=OPTIONS)
    rng.shuffle(ballots)
    assert outcomes(method, ballots, options=OPTIONS) == told or method == VoteMethod.SCALE
