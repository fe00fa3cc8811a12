"""Two who do the same, or the opposite, in the same moment. Told apart only by a database with many writers."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from kompetanse.refs import Ref
from kompetanse.trace import Relation, find_loop
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.ideas.models import Idea
from kompetanseforum.threads.actions import WouldLoop, tie
from kompetanseforum.threads.models import Edge

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite in memory has one connection"),
]


def at_once(*ways: Callable[[], object]) -> list[object]:
    """What each gave or raised, all held back until all are ready."""
    ready, told = threading.Barrier(len(ways)), []

    def go(way: Callable[[], object]) -> None:
        ready.wait()
        try:
            told.append(way())
        except WouldLoop as error:
            told.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(way,)) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_who_tie_crosswise_make_no_loop() -> None:
    for number in range(20):
        one, other = Ref("need", f"a{number}"), Ref("idea", f"b{number}")
        told = at_once(
            lambda one=one, other=other: tie(upstream=one, downstream=other, relation=Relation.BECAME, by=NOBODY),
            lambda one=one, other=other: tie(upstream=other, downstream=one, relation=Relation.BECAME, by=NOBODY),
        )
        assert sorted(map(type, told), key=str) == sorted([type(None), WouldLoop], key=str)
    assert Edge.objects.count() == 20 and find_loop(list(Edge.objects.all())) == []


def test_the_same_tie_and_the_same_idea_at_once_are_one() -> None:
    one, other = Ref("need", "a"), Ref("idea", "b")
    at_once(*[lambda: tie(upstream=one, downstream=other, relation=Relation.BECAME, by=NOBODY)] * 4)
    told = at_once(*[lambda: say_idea(words="Øve", language="nb", by=NOBODY, sending_key="k")] * 4)
    assert Edge.objects.count() == Idea.objects.count() == len(set(told)) == 1
