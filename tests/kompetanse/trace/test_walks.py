"""Walks, loops and order, against a reckoning of another kind: the closure of a matrix of booleans (Warshall 1962)."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.cli import main
from kompetanse.refs import Ref
from kompetanse.trace import Edge, Relation, downstream, find_loop, in_order, thread_of, upstream, would_loop
from kompetanse.trace.reader import NotAThread, read_edges

NAMES = [Ref("need", str(number)) for number in range(8)]
START = datetime(2026, 1, 1, tzinfo=UTC)


def edge(before: Ref, after: Ref) -> Edge:
    return Edge(upstream=before, downstream=after, relation=Relation.BECAME)


pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
any_edges = st.lists(pairs.map(lambda pair: edge(*pair)), max_size=20)
# Never from a later name to an earlier one.
threads = st.lists(pairs.filter(lambda pair: pair[0] < pair[1]).map(lambda pair: edge(*pair)), max_size=20)
dates = st.lists(st.integers(0, 9), min_size=8, max_size=8).map(
    lambda days: {name: START + timedelta(days=day) for name, day in zip(NAMES, days, strict=True)}
)


def closure(edges: list[Edge]) -> np.ndarray:
    """reached[i, j]: a walk of one or more edges leads from i to j."""
    reached = np.zeros((len(NAMES), len(NAMES)), dtype=bool)
    for one in edges:
        reached[NAMES.index(one.upstream), NAMES.index(one.downstream)] = True
    for middle in range(len(NAMES)):
        reached |= np.outer(reached[:, middle], reached[middle])
    return reached


@given(any_edges)
def test_walks_reach_what_the_matrix_says(edges: list[Edge]):
    reached = closure(edges)
    for number, name in enumerate(NAMES):
        assert downstream(edges, name) == {NAMES[j] for j in np.flatnonzero(reached[number])}
        assert upstream(edges, name) == {NAMES[i] for i in np.flatnonzero(reached[:, number])}


@given(any_edges)
def test_a_loop_is_found_when_there_is_one_and_is_one(edges: list[Edge]):
    loop = find_loop(edges)
    assert bool(loop) == bool(closure(edges).diagonal().any())
    tied = {(one.upstream, one.downstream) for one in edges}
    assert all(pair in tied for pair in zip(loop, [*loop[1:], *loop[:1]], strict=True))
    assert len(set(loop)) == len(loop)


@given(threads, pairs)
def test_an_edge_that_would_loop_is_known_before_it_is_there(edges: list[Edge], pair: tuple[Ref, Ref]):
    before, after = pair
    assert find_loop(edges) == []
    assert would_loop(edges, upstream=before, downstream=after) == bool(find_loop([*edges, edge(before, after)]))


@given(any_edges, st.sampled_from(NAMES))
def test_a_thread_has_every_edge_that_a_walk_from_it_passes_and_no_other(edges: list[Edge], start: Ref):
    reached = closure(edges)
    here = NAMES.index(start)

    def is_passed(one: Edge) -> bool:
        i, j = NAMES.index(one.upstream), NAMES.index(one.downstream)
        down = i == here or reached[here, i]
        up = j == here or reached[j, here]
        return bool(down or up)

    thread = thread_of(edges, start)
    assert list(thread.edges) == [one for one in edges if is_passed(one)]
    assert thread.names == upstream(edges, start) | downstream(edges, start) | {start}


@given(threads, dates)
def test_no_effect_is_read_before_its_cause(edges: list[Edge], dates: dict[Ref, datetime]):
    order = in_order(dates, edges)
    assert sorted(order) == sorted(dates)
    place = {name: number for number, name in enumerate(order)}
    assert all(place[one.upstream] < place[one.downstream] for one in edges)


@given(dates)
def test_what_hangs_on_nothing_is_read_by_date(dates: dict[Ref, datetime]):
    assert in_order(dates, []) == [name for _, name in sorted((at, name) for name, at in dates.items())]


@given(any_edges, dates)
def test_a_loop_does_not_hide_anything(edges: list[Edge], dates: dict[Ref, datetime]):
    assert sorted(in_order(dates, edges)) == sorted(dates)


@pytest.mark.slow
def test_a_chain_longer_than_the_stack_is_walked():
    names = [Ref("step", f"{number:05}") for number in range(20_000)]
    chain = [edge(*pair) for pair in itertools.pairwise(names)]
    assert len(downstream(chain, names[0])) == 19_999
    assert find_loop(chain) == []
    assert len(find_loop([*chain, edge(names[-1], names[0])])) == 20_000


def test_the_command_prints_one_things_thread(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "thread.json"
    rows = [
        {"upstream": "meeting:a", "downstream": "need:b", "relation": "raised_in", "at": "2026-06-03T12:00:00+02:00"},
        {"upstream": "need:b", "downstream": "challenge:c", "relation": "gathered_in", "why": "Same shortage"},
        {"upstream": "need:x", "downstream": "challenge:c", "relation": "gathered_in"},
    ]
    file.write_text(json.dumps({"edges": rows}), encoding="utf-8")
    assert main(["trace", str(file), "--of", "need:b", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "upstream": ["meeting:a"],
        "downstream": ["challenge:c"],
        "edges": ["meeting:a → need:b (raised_in)", "need:b → challenge:c (gathered_in)"],
    }
    assert main(["trace", str(file)]) == 0
    assert "starts: 2\n  meeting:a\n  need:x\nends: 1\n  challenge:c\n" in capsys.readouterr().out


def test_the_command_tells_of_a_loop(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "thread.json"
    rows = [
        {"upstream": "idea:a", "downstream": "need:b", "relation": "became"},
        {"upstream": "need:b", "downstream": "idea:a", "relation": "became"},
    ]
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert main(["trace", str(file)]) == 1
    assert capsys.readouterr().err == "a loop: idea:a → need:b → idea:a\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("no", "a list of edges"),
        ([1], "edge 1: not an object"),
        ([{"upstream": "need:a", "relation": "became"}], "edge 1: 'downstream' is missing"),
        ([{"upstream": "need:a", "downstream": "nothing", "relation": "became"}], "edge 1: not a Ref"),
        ([{"upstream": "need:a", "downstream": "need:b", "relation": "caused"}], "edge 1: 'caused'"),
        ([{"upstream": "need:a", "downstream": "need:b", "relation": "became", "at": "x"}], "edge 1: Invalid"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(data: object, words: str):
    with pytest.raises(NotAThread, match=words):
        read_edges(data)
