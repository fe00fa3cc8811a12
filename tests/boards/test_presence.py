"""Who is here and where they point: within a budget, told and not kept, and nobody hears who it is."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from kompetanseforum.boards.live.presence import (
    MOST_IN_A_TICK,
    Elsewhere,
    Gathering,
    Turns,
    gathering_in,
    gathering_of,
    here_topics,
    position_in,
)
from kompetanseforum.boards.live.rooms import CROWD, Room, Watcher
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.wire import frame


@dataclass
class Heard:
    """A browser's end of the wire."""

    messages: list[dict[str, object]] = field(default_factory=list)

    def write(self, data: bytes) -> None:
        content = data[2:] if data[1] < 126 else data[4:]
        self.messages.append(json.loads(content))

    def drop(self) -> None:
        self.messages.append({"t": "dropped"})


def watcher(sector: str = "", *, is_spectator: bool = False) -> tuple[Watcher, Heard]:
    heard = Heard()
    made = Watcher(Who(ref=f"guest:{sector}", name="Kari", sector=sector, is_leading=False), heard, is_spectator)
    made.is_caught_up()
    return made, heard


def room_of(*watchers: Watcher) -> Room:
    return Room(board=Board(public_id="7h3k2m9qxa"), seq=0, watchers=set(watchers))


def test_six_positions_a_tick_and_everybody_has_a_turn():
    cursors = Turns[tuple[int, int, str]]()
    for number in range(20):
        cursors.move(number, (1, 1, ""))
        cursors.move(number, (number, 5, "business"))
    ticks = [cursors.take() for _ in range(5)]
    assert [len(tick) for tick in ticks] == [MOST_IN_A_TICK, MOST_IN_A_TICK, MOST_IN_A_TICK, 2, 0]
    assert sorted(position for tick in ticks for position in tick) == [(n, (n, 5, "business")) for n in range(20)]


def test_all_hear_where_one_points_by_a_number_and_a_sector_alone():
    async def play() -> None:
        room.point(kari, 10, 20)
        await asyncio.sleep(0)

    kari, own = watcher("business")
    ola, heard = watcher("education")
    room = room_of(kari, ola)
    asyncio.run(play())
    assert heard.messages == own.messages == [{"t": "cursors", "at": [[kari.number, 10, 20, "business"]]}]


@pytest.mark.parametrize(("others", "is_told"), [(CROWD - 1, True), (CROWD, False)])
def test_above_fifty_nobody_points(others: int, is_told: bool):
    async def play() -> None:
        room.point(kari, 10, 20)
        await asyncio.sleep(0)

    kari, heard = watcher()
    room = room_of(kari, *(watcher()[0] for _ in range(others)))
    asyncio.run(play())
    assert bool(heard.messages) is is_told


def test_who_is_here_is_told_by_sector_and_the_screen_on_the_wall_is_nobody():
    (kari, heard), (ola, _), (screen, _) = watcher("business"), watcher("business"), watcher("", is_spectator=True)
    room = room_of(kari, ola, screen)
    room.elsewhere.hear("other", "education", 3)
    room.elsewhere.hear("other", "education", 2)
    room.tell_who_is_here()
    assert heard.messages == [{"t": "here", "n": 4, "sectors": {"business": 2, "education": 2}}]


def test_a_process_that_is_silent_is_forgotten():
    elsewhere = Elsewhere()
    elsewhere.hear("gone", "business", 5)
    process = next(iter(elsewhere.said))
    elsewhere.said[process] = (5, elsewhere.said[process][1] - 1000)
    assert elsewhere.counts().total() == 0


def test_a_sector_that_has_left_is_told_as_none():
    told = dict(here_topics("7h3k2m9qxa", {"business": 1}, {"education": 2, "business": 1}))
    assert {topic.rpartition(":")[2]: count for topic, count in told.items()} == {"business": 1, "education": 0}


def test_what_happens_while_one_catches_up_comes_after_what_was_missed():
    heard = Heard()
    late = Watcher(Who(ref="guest:x", name="", sector="", is_leading=False), heard)
    room_of(late).tell({"t": "here", "n": 1})
    late.wire.write(frame('{"t":"items"}'))
    late.is_caught_up()
    assert [message["t"] for message in heard.messages] == ["items", "here"]


def test_a_place_to_gather_comes_through_whole():
    place = gathering_in({"item": "7h3k2m9qxa", "x": -40, "y": 7, "zoom": 500})
    assert place == Gathering("7h3k2m9qxa", -40, 7, 500)
    assert gathering_of(place.topic("0123456789").split(":", 2)[2]) == place
    assert place.topic("0123456789", "lead") == "lead:0123456789:7h3k2m9qxa:-40:7:500"
    assert place.frame("lead") == {"t": "lead", "item": "7h3k2m9qxa", "x": -40, "y": 7, "zoom": 500}


@pytest.mark.alike
@pytest.mark.parametrize(
    "sent",
    [{"item": 7}, {"item": "a:b:c:d:ef"}, {"item": "kort"}, {"x": "1"}, {"y": 1.5}, {"zoom": None}, {"x": 10**12}],
)
def test_what_is_no_place_is_none(sent: dict[str, object]):
    assert gathering_in(sent) is None


@pytest.mark.alike
@pytest.mark.parametrize("sent", [{}, {"x": 1}, {"x": True, "y": 1}, {"x": 1, "y": "2"}, {"x": 1, "y": 10**9}])
def test_what_is_no_position_is_none(sent: dict[str, object]):
    assert position_in(sent) is None


def test_half_a_character_makes_no_frame_impossible():
    assert frame(json.dumps({"id": "\ud800"}, ensure_ascii=False))[2:] == b'{"id": "?"}'


@pytest.mark.alike
@pytest.mark.parametrize("length", [0, 125, 126, 65535, 65536])
def test_a_frame_is_as_the_standard_has_it(length: int):
    data = frame("x" * length)
    reader = StreamReader()
    reader.feed_data(data)
    parsed = Frame.parse(reader.read_exact, mask=False)
    while True:
        try:
            next(parsed)
        except StopIteration as done:
            assert (done.value.opcode, done.value.fin, len(done.value.data)) == (Opcode.TEXT, True, length)
            return
