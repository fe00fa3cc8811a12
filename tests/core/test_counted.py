"""Counts kept until something happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.counted import until_next_fact
from kompetanseforum.core.facts import Fact, publish


@dataclass(frozen=True, slots=True)
class SomethingHappened(Fact):
    pass


@pytest.mark.django_db(transaction=True)
def test_a_count_is_made_once_until_something_happens_or_the_day_ends() -> None:
    made: list[int] = []

    def count() -> int:
        made.append(len(made))
        return len(made)

    assert [until_next_fact("a", count), until_next_fact("a", count), until_next_fact("b", count)] == [1, 1, 2]
    publish(SomethingHappened(), by=None, about=Ref("need", "1"))
    assert [until_next_fact("a", count), until_next_fact("a", count)] == [3, 3]
    with clock.at(clock.now() + timedelta(days=1)):
        assert until_next_fact("a", count) == 4


@pytest.mark.django_db
def test_what_is_not_yet_kept_for_good_is_never_remembered() -> None:
    """Inside a transaction that may still be undone."""
    made = iter(range(9))
    assert [until_next_fact("a", lambda: next(made)) for _time in range(3)] == [0, 1, 2]
