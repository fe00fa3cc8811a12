"""What passes reaches those in other processes too: within the budget of the room it comes to, and nowhere without Redis."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator

import pytest

from kompetanseforum.boards.live import passing
from kompetanseforum.boards.live.passing import Passing, is_ours, passing_of
from kompetanseforum.boards.live.presence import MOST_IN_A_TICK, Carried
from kompetanseforum.boards.live.rooms import CROWD, Room
from tests.boards.test_drags import LANE, ONE, drags_in
from tests.boards.test_presence import room_of, watcher

ELSEWHERE = 7  # as no browser of this process is numbered


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """There is another process; these topics were sent to it."""
    topics: list[str] = []
    monkeypatch.setattr(passing, "shared_address", lambda: "redis://elsewhere")
    monkeypatch.setattr(passing, "pass_on", topics.append)
    return topics


@pytest.fixture
def as_another(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield monkeypatch.setattr(passing, "ME", "another")


def rest_of(topic: str) -> str:
    return topic.split(":", 2)[2]


def test_what_one_points_at_drags_and_begins_goes_whole_to_the_other_process(sent: list[str]):
    async def play() -> None:
        room.point(kari, 10, 20)
        room.drag(kari, Carried((ONE,), 3, 4, LANE))
        room.is_writing(kari, LANE)
        await asyncio.sleep(0.05)
        room.let_go(kari)
        await asyncio.sleep(0.05)

    (kari, _), (ola, _) = watcher("business"), watcher()
    room = room_of(kari, ola)
    asyncio.run(play())
    assert {topic.split(":")[1] for topic in sent} == {"7h3k2m9qxa"}
    # It says nothing to the one who said it.
    assert [passing_of(rest_of(topic)) for topic in sent] == [None] * len(sent)
    rows = [json.loads(rest_of(topic).partition(":")[2]) for topic in sent]
    number = kari.number
    assert is_ours(number) and number < 2**53
    assert [row for cursors, _, _ in rows for row in cursors] == [[number, 10, 20, "business"]]
    assert [row for _, drags, _ in rows for row in drags] == [
        [number, [ONE], 3, 4, LANE, ""],
        [number, [], 0, 0, "", ""],
    ]
    assert [row for _, _, writing in rows for row in writing] == [[LANE, "business"]]


def test_it_comes_through_as_it_was(as_another: None, monkeypatch: pytest.MonkeyPatch):
    told = Passing({ELSEWHERE: (1, -2, "")}, {ELSEWHERE: Carried((ONE,), 3, 4, LANE, "")}, {LANE: "education"})
    topic = told.topic("7h3k2m9qxa")
    monkeypatch.setattr(passing, "ME", "this one")
    assert passing_of(rest_of(topic)) == told


def test_what_is_done_elsewhere_is_told_here_and_not_told_back(sent: list[str]):
    async def play() -> None:
        room.heard_passing(Passing({ELSEWHERE: (1, 2, "")}, {ELSEWHERE: Carried((ONE,), 3, 4)}, {LANE: "education"}))
        await asyncio.sleep(0.05)
        room.heard_passing(Passing(drags={ELSEWHERE: Carried()}))
        await asyncio.sleep(0.05)

    ola, heard = watcher()
    room = room_of(ola)
    asyncio.run(play())
    assert drags_in(heard) == [[ELSEWHERE, [ONE], 3, 4, "", ""], [ELSEWHERE, [], 0, 0, "", ""]]
    assert {"t": "cursors", "at": [[ELSEWHERE, 1, 2, ""]]} in heard.messages
    assert {"t": "writing", "in": LANE, "sector": "education"} in heard.messages
    assert sent == []
    assert room.dragging == set()


def test_ten_elsewhere_and_ten_here_share_the_six_of_a_tick(sent: list[str]):
    async def play() -> None:
        room.heard_passing(Passing({number: (number, 0, "") for number in range(10)}))
        for each, _ in here:
            room.point(each, 1, 1)
        await asyncio.sleep(0.02)

    here = [watcher() for _ in range(10)]
    room = room_of(*(each for each, _ in here))
    asyncio.run(play())
    [told] = [message for message in here[0][1].messages if message["t"] == "cursors"]
    assert len(told["at"]) == MOST_IN_A_TICK  # type: ignore[arg-type]  # a list


@pytest.mark.parametrize(("elsewhere", "is_told"), [(CROWD - 2, True), (CROWD - 1, False)])
def test_fifty_are_counted_wherever_they_are(sent: list[str], elsewhere: int, is_told: bool):
    async def play(room: Room) -> None:
        room.heard_of_elsewhere("another", "business", elsewhere)
        room.point(kari, 10, 20)
        room.heard_passing(Passing({ELSEWHERE: (1, 2, "")}, {ELSEWHERE: Carried((ONE,), 3, 4)}))
        await asyncio.sleep(0.02)

    (kari, _), (ola, heard) = watcher(), watcher()
    asyncio.run(play(room_of(kari, ola)))
    assert {message["t"] for message in heard.messages} == ({"here", "cursors", "drags"} if is_told else {"here"})


@pytest.mark.slow
def test_a_redis_that_is_slow_is_told_the_newest_of_each_once(monkeypatch: pytest.MonkeyPatch, sent: list[str]):
    def slow(topic: str) -> None:
        time.sleep(0.3)
        sent.append(topic)

    async def play() -> None:
        for x in range(8):
            room.point(kari, x, 0)
            await asyncio.sleep(0.11)
        await asyncio.sleep(0.7)

    monkeypatch.setattr(passing, "pass_on", slow)
    (kari, _), (ola, heard) = watcher(), watcher()
    room = room_of(kari, ola)
    asyncio.run(play())
    # Nobody here waited for it, and it fell behind by one at most.
    assert len([message for message in heard.messages if message["t"] == "cursors"]) >= 7
    assert len(sent) <= 5
    assert json.loads(rest_of(sent[-1]).partition(":")[2])[0] == [[kari.number, 7, 0, ""]]


def test_one_process_alone_keeps_nothing_to_tell():
    async def play() -> None:
        room.point(kari, 10, 20)
        room.is_writing(kari, LANE)
        await asyncio.sleep(0.02)

    kari, _ = watcher()
    room = room_of(kari)
    asyncio.run(play())
    assert not room.outward.waiting
