"""While something large is made, nobody waits for the collector to walk through all that lives."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from kompetanseforum.core import memory
from kompetanseforum.core.memory import much_is_made, serve_without_long_stops

_OLDEST = 2


@contextmanager
def walks() -> Iterator[list[int]]:
    """The generations that were walked through inside the block, one after the other."""
    seen: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            seen.append(about["generation"])

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def something_large() -> list[list[int]]:
    return [[number] for number in range(1_000_000)]


@pytest.mark.slow
def test_all_that_lives_is_not_walked_through_while_much_is_made():
    gc.collect()
    with walks() as without:
        kept = something_large()
    del kept
    gc.collect()
    with walks() as inside, much_is_made():
        kept = something_large()
    del kept
    assert _OLDEST in without
    assert _OLDEST not in inside
    # What dies young is collected as ever.
    assert inside.count(0) > 100


def test_afterwards_it_is_as_before_also_when_the_making_failed_and_when_two_make_at_once():
    before = gc.get_threshold()
    with much_is_made(), suppress(ValueError), much_is_made():
        raise ValueError
    assert gc.get_threshold() == before


@pytest.fixture
def serving() -> Iterator[None]:
    serve_without_long_stops()
    yield
    memory._usually = memory._OFTEN
    memory._set_walks()


@pytest.mark.slow
@pytest.mark.usefixtures("serving")
def test_a_process_that_serves_walks_through_all_that_lives_seldom_also_after_something_was_made():
    with much_is_made():
        pass
    gc.collect()
    gc.freeze()
    try:
        with walks() as seen:
            kept = [something_large() for _ in range(2)]
    finally:
        gc.unfreeze()
    del kept
    middle = seen.count(1)
    assert middle >= 20
    # Under Python's own settings a walk through all comes after ten through what is of middle age.
    assert seen.count(_OLDEST) <= middle / 50
