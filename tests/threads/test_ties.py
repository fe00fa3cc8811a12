"""Ties between things: made once, taken back openly, never a loop; and the walks of the database against the library's."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanse.trace import Relation, find_loop
from kompetanse.trace import thread_of as library_thread
from kompetanseforum.accounts.actions import add_person, erase_person
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.threads.actions import WouldLoop, tie, untie
from kompetanseforum.threads.capability import personal_copy
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import edges_down, edges_up

pytestmark = pytest.mark.django_db

NEED, CHALLENGE, BRIEF = Ref("need", "a"), Ref("challenge", "b"), Ref("brief", "c")
Pair = tuple[Ref, Ref]


def tied(*pairs: Pair, by: Viewer = NOBODY) -> None:
    for upstream, downstream in pairs:
        tie(upstream=upstream, downstream=downstream, relation=Relation.GATHERED_IN, by=by, why="Same shortage")


def walked(edges: list[Edge]) -> set[Pair]:
    assert len({edge.pk for edge in edges}) == len(edges)
    return {(edge.upstream, edge.downstream) for edge in edges}


def test_a_tie_says_who_made_it_when_and_why(coordinator: Viewer, noon: object) -> None:
    tied((NEED, CHALLENGE), by=coordinator)
    edge = Edge.objects.get()
    assert (edge.upstream, edge.downstream, edge.relation, edge.by, edge.at, edge.why) == (
        NEED,
        CHALLENGE,
        "gathered_in",
        str(coordinator.person),
        noon,
        "Same shortage",
    )
    row = FactRow.objects.get(name="threads.ThingsTied")
    assert (row.actor, row.content) == (
        str(coordinator.person),
        {"upstream": "need:a", "downstream": "challenge:b", "relation": "gathered_in"},
    )


def test_tying_twice_is_tying_once(coordinator: Viewer) -> None:
    tied((NEED, CHALLENGE), (NEED, CHALLENGE), by=coordinator)
    assert (Edge.objects.count(), FactRow.objects.filter(name="threads.ThingsTied").count()) == (1, 1)


def test_what_is_taken_back_stays_on_record_and_can_be_tied_anew(coordinator: Viewer) -> None:
    tied((NEED, CHALLENGE), by=coordinator)
    for _ in range(2):
        untie(upstream=NEED, downstream=CHALLENGE, relation=Relation.GATHERED_IN, by=coordinator, why="Another trade")
    [old] = Edge.objects.all()
    assert (old.taken_back_by, old.taken_back_why) == (str(coordinator.person), "Another trade")
    assert edges_down([NEED]) == edges_up([CHALLENGE]) == []
    assert FactRow.objects.filter(name="threads.ThingsUntied").count() == 1
    tied((NEED, CHALLENGE), by=coordinator)
    assert walked(edges_down([NEED])) == {(NEED, CHALLENGE)}
    assert Edge.objects.count() == 2


@pytest.mark.parametrize("pair", [(BRIEF, NEED), (CHALLENGE, NEED), (NEED, NEED)])
def test_a_tie_that_would_make_a_loop_is_refused_and_nothing_is_written(db: None, pair: Pair) -> None:
    tied((NEED, CHALLENGE), (CHALLENGE, BRIEF))
    before = (Edge.objects.count(), FactRow.objects.count())
    with pytest.raises(WouldLoop):
        tied(pair)
    assert (Edge.objects.count(), FactRow.objects.count()) == before


def test_what_was_taken_back_makes_no_loop(db: None) -> None:
    tied((NEED, CHALLENGE))
    untie(upstream=NEED, downstream=CHALLENGE, relation=Relation.GATHERED_IN, by=NOBODY)
    tied((CHALLENGE, NEED))
    assert walked(edges_up([NEED])) == {(CHALLENGE, NEED)}


@pytest.mark.parametrize("seed", range(12))
def test_the_database_walks_as_the_library_does(db: None, seed: int) -> None:
    """Ties in any order: those that loop are refused, and the rest is walked alike both ways."""
    rng = random.Random(seed)
    names = [Ref(rng.choice(("need", "idea", "brief")), str(number)) for number in range(9)]
    for _ in range(25):
        try:
            tied((rng.choice(names), rng.choice(names)))
        except WouldLoop:
            continue
    edges = list(Edge.objects.all())
    assert find_loop(edges) == []
    for name in names:
        thread = library_thread(edges, name)
        assert walked([*edges_up([name]), *edges_down([name])]) == walked(list(thread.edges))


def test_even_a_loop_in_the_table_is_walked_to_an_end(db: None) -> None:
    """Nothing here makes one, but a restored or hand-made table might hold one."""
    tied((NEED, CHALLENGE), (CHALLENGE, BRIEF))
    edge = Edge.objects.get(downstream_kind="brief")
    Edge.objects.filter(pk=edge.pk).update(downstream_kind="need", downstream_id="a")
    assert walked(edges_down([NEED])) == walked(edges_up([NEED])) == {(NEED, CHALLENGE), (CHALLENGE, NEED)}


@pytest.mark.parametrize("length", [1, 60])
def test_a_walk_is_one_query_however_long(db: None, length: int) -> None:
    chain = [Ref("step", str(number)) for number in range(length + 1)]
    tied(*pairwise(chain))
    with CaptureQueriesContext(connection) as asked:
        assert len(edges_down([chain[0]])) == length
    assert len(asked) == 1


def test_one_who_leaves_has_a_copy_and_then_stands_nowhere(forum: Forum) -> None:
    ola = add_person(name="Ola Vik")
    by = Viewer(person=ref(ola))
    tied((NEED, CHALLENGE), (CHALLENGE, BRIEF), by=by)
    untie(upstream=NEED, downstream=CHALLENGE, relation=Relation.GATHERED_IN, by=by)
    copy = personal_copy(ref(ola))["ties"]
    assert isinstance(copy, list) and [row["upstream"] for row in copy] == ["need:a", "challenge:b"]
    erase_person(person=ola, withdraws_voices=False)
    rows = str([*Edge.objects.values_list(), *FactRow.objects.values_list()])
    assert str(by.person) not in rows and "challenge" in rows
