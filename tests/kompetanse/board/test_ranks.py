"""Anything can be put between any two, for as long as anybody cares to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.board import rank_at_end, rank_between
from kompetanse.board.ranks import LONGEST


def test_what_comes_later_stands_last():
    assert sorted(map(rank_at_end, (300, 2, 1, 70_000))) == [rank_at_end(n) for n in (1, 2, 300, 70_000)]


@given(st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=120))
def test_a_place_between_lies_between(gaps: list[int]):
    """Each number says in which gap the next one is put, the start and the end among them."""
    ranks = [rank_at_end(1), rank_at_end(2)]
    for number, gap in enumerate(gaps, start=3):
        at = gap % (len(ranks) + 1)
        after = ranks[at] if at < len(ranks) else ""
        new = rank_between(ranks[at - 1] if at else "", after) if after else rank_at_end(number)
        ranks.insert(at, new)
    assert ranks == sorted(set(ranks))


def test_the_same_spot_holds_hundreds_and_never_outgrows_its_column():
    low, high = rank_at_end(1), rank_at_end(2)
    placed = [high]
    for _ in range(700):
        placed.append(rank_between(low, placed[-1]))
    assert placed == sorted(set(placed), reverse=True)
    assert max(map(len, placed)) <= LONGEST
