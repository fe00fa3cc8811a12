"""A drawn thread: no two lines on top of each other, no lane too many."""

from __future__ import annotations

import pytest
from hypothesis import given

from kompetanse.refs import Ref
from kompetanse.trace import Edge, draw
from kompetanse.trace.lanes import extents_of
from tests.kompetanse.trace.test_walks import NAMES, edge, threads


def names(*ids: str) -> list[Ref]:
    return [Ref("need", one) for one in ids]


def test_a_chain_is_one_straight_line():
    order = names("a", "b", "c")
    drawing = draw(order, [edge(order[0], order[1]), edge(order[1], order[2])])
    assert (drawing.lanes, drawing.width) == ((0, 0, 0), 1)


def test_streams_that_meet_share_a_lane():
    """Twenty needs and one challenge: the needs to one side of a single river."""
    order = names(*(f"{number:02}" for number in range(21)))
    assert draw(order, [edge(one, order[-1]) for one in order[:-1]]).width == 2


def test_a_river_that_parts_shares_a_lane():
    order = names(*(f"{number:02}" for number in range(21)))
    assert draw(order, [edge(order[0], one) for one in order[1:]]).width == 2


@pytest.mark.slow
@given(threads)
def test_trunks_in_one_lane_never_overlap(edges: list[Edge]):
    drawing = draw(NAMES, edges)
    extents = extents_of(len(NAMES), drawing.lines)
    taken = [
        (drawing.lanes[row], half) for row in range(len(NAMES)) for half in range(extents[row][0], extents[row][1] + 1)
    ]
    assert len(taken) == len(set(taken))


@given(threads)
def test_every_edge_is_drawn_once_and_between_its_rows(edges: list[Edge]):
    lines = draw(NAMES, edges).lines
    assert sorted((line.start, line.end) for line in lines) == sorted(
        {(NAMES.index(one.upstream), NAMES.index(one.downstream)) for one in edges}
    )
    assert all(line.trunk in (line.start, line.end) for line in lines)


@given(threads)
def test_there_are_no_more_lanes_than_trunks_side_by_side(edges: list[Edge]):
    drawing = draw(NAMES, edges)
    extents = extents_of(len(NAMES), drawing.lines)
    side_by_side = [sum(top <= half <= bottom for top, bottom in extents.values()) for half in range(2 * len(NAMES))]
    assert drawing.width == max(side_by_side)
