"""Dots, sums that tell nobody apart, and what bridges sectors."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.board import Ballot, bridge_score, dots_budget, tally
from kompetanse.board.voting import SMALLEST_GROUP, told_apart


def test_about_a_fourth_of_the_options_and_three_at_least():
    assert [dots_budget(options) for options in (1, 8, 12, 16, 20, 41)] == [3, 3, 3, 4, 5, 10]


def test_the_bridge_score_is_laplaces_estimate_for_each_group_multiplied():
    """Nine of ten and four of five: 10/12 × 5/7."""
    assert isclose(bridge_score([(9, 10), (4, 5)]), 10 / 12 * 5 / 7)


def test_what_unites_beats_what_one_large_group_wants():
    work = [Ballot(f"w{n}", "business", {"ours": 1} | ({"common": 1} if n < 7 else {})) for n in range(10)]
    school = [Ballot(f"s{n}", "education", {"common": 1}) for n in range(5)]
    counts = {count.option: count for count in tally([*work, *school], options=["ours", "common", "none"])}
    assert (counts["ours"].dots, counts["common"].dots, counts["none"].dots) == (10, 12, 0)
    assert counts["common"].bridge == bridge_score([(7, 10), (5, 5)])
    assert (counts["common"].bridge or 0) > (counts["ours"].bridge or 0)


def test_a_sector_of_four_is_not_told_apart_and_neither_is_the_one_that_would_give_it_away():
    voters = {"business": 9, "education": 6, "public": 4}
    ballots = [Ballot(f"{sector}{n}", sector, {"a": 1}) for sector, number in voters.items() for n in range(number)]
    (count,) = tally(ballots, options=["a"])
    assert (count.dots, dict(count.by_sector)) == (19, {"business": 9, "education": None, "public": None})


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12)))
def test_nobody_finds_a_small_group_by_taking_the_others_from_the_sum(voted: dict[str, int]):
    told = told_apart(voted)
    held_back = [number for sector, number in voted.items() if sector not in told and number]
    assert all(voted[sector] >= SMALLEST_GROUP for sector in told)
    assert not held_back or sum(held_back) >= SMALLEST_GROUP or not told


_BALLOTS = st.lists(
    st.builds(
        Ballot,
        voter=st.text("xyz", min_size=1),
        sector=st.sampled_from(["business", "education", ""]),
        dots=st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)),
    ),
    max_size=30,
)


@given(_BALLOTS)
def test_every_dot_is_counted_once(ballots: list[Ballot]):
    counts = tally(ballots, options=["a", "b", "c"])
    assert sum(count.dots for count in counts) == sum(sum(ballot.dots.values()) for ballot in ballots)
    assert [count.dots for count in counts] == sorted((count.dots for count in counts), reverse=True)
    assert all(0 < count.bridge < 1 for count in counts if count.bridge is not None)
