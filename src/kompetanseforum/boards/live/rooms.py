"""One room a board in each process: who watches it, and one reading of what changed, handed out to all of them.

What this process writes it tells from memory; what another has written, or a form, is read from the tables.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

from kompetanse.board import Wish
from kompetanseforum.boards.actions import Done
from kompetanseforum.boards.live.frames import Made, frame, read
from kompetanseforum.boards.live.passing import Outward, Passing, is_ours, numbers, passing_of
from kompetanseforum.boards.live.pen import READER, Page, Pen, Request, in_thread
from kompetanseforum.boards.live.presence import (
    ME,
    SAID_AGAIN_SECONDS,
    TICK_SECONDS,
    Carried,
    Elsewhere,
    Turns,
    gathering_of,
    here_topics,
)
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.live import announce_all, hear, shared_address, tell_here
from kompetanseforum.core.wire import Wire

log = logging.getLogger(__name__)
Answered = Callable[[list[Done] | None], None]

# So long is gathered before it is written, or read: longer where many watch, since each batch goes to all of them,
# and still less than anybody notices. (More watchers than this, seconds.)
BATCHES = ((50, 0.1), (0, 0.01))
CROWD = 50


@dataclass(eq=False, slots=True)
class Watcher:
    """One browser. Until it has been told what it missed, what happens meanwhile waits here."""

    who: Who
    wire: Wire
    # Sees, and neither writes nor is counted: the screen on the wall.
    is_spectator: bool = False
    # What the others know its cursor by; it says nothing about who it is.
    number: int = field(default_factory=lambda: next(numbers))
    held: list[bytes] | None = field(default_factory=list)

    def give(self, data: bytes) -> None:
        if self.held is None:
            self.wire.write(data)
        else:
            self.held.append(data)

    def is_caught_up(self) -> None:
        held, self.held = self.held or [], None
        for data in held:
            self.wire.write(data)


@dataclass(eq=False, slots=True)
class Room:
    board: Board
    seq: int
    watchers: set[Watcher] = field(default_factory=set)
    wanted: int = 0
    is_pumping: bool = False
    # Requests of this room that the pen has not answered.
    asked: int = 0
    is_counting: bool = False
    told_here: Counter[str] = field(default_factory=Counter)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    cursors: Turns[tuple[int, int, str]] = field(default_factory=Turns)
    drags: Turns[Carried] = field(default_factory=Turns)
    # Those whom the others have seen drag something, and not let go of it.
    dragging: set[int] = field(default_factory=set)
    is_telling: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    outward: Outward = field(init=False)

    def __post_init__(self) -> None:
        self.outward = Outward(self.board.public_id)

    @property
    def is_crowded(self) -> bool:
        """Those in other processes are here too."""
        return len(self.watchers) + self.elsewhere.counts().total() > CROWD

    @property
    def batch_seconds(self) -> float:
        return next((seconds for most, seconds in BATCHES if len(self.watchers) > most), BATCHES[-1][1])

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def is_at(self, number: int) -> None:
        """Somebody says that the board has come so far. Our own pen tells itself what it wrote."""
        self.wanted = max(self.wanted, number)
        if not self.asked:
            self._look()

    def _look(self) -> None:
        if self.wanted > self.seq and not self.is_pumping:
            self.is_pumping = True
            self.spawn(self._pump())

    async def _pump(self) -> None:
        try:
            while self.wanted > self.seq:
                await asyncio.sleep(self.batch_seconds)
                wanted = self.wanted
                told = await in_thread(READER, partial(read, self.board.public_id, self.seq))
                if told is None:
                    return
                if told.seq > self.seq:
                    self.hand_out(told.made())
                elif self.wanted == wanted:
                    # There was nothing new, only a wish to look.
                    self.wanted = self.seq
        except Exception:
            log.exception("board %s could not be read", self.board.public_id)
        finally:
            self.is_pumping = False

    def has_written(self, page: Page) -> None:
        done = page.performed
        if done is not None and page.made is not None and done.before == self.seq:
            self.hand_out(page.made)
        elif done is not None:
            self.wanted = max(self.wanted, done.after)
        self._look()

    def hand_out(self, made: Made) -> None:
        """The same bytes to all, but for those who see something of their own in it."""
        self.seq = made.seq
        shared, own = made.shared, made.own
        for watcher in self.watchers:
            mine = own.get(watcher.who.ref)
            watcher.give(shared if mine is None else mine + shared)

    def tell(self, content: dict[str, Any], *, but: Watcher | None = None) -> None:
        """Something that passes and is not kept: who is here, who is writing."""
        data = frame(content)
        for watcher in self.watchers:
            if watcher is not but:
                watcher.give(data)

    def count_soon(self) -> None:
        """How many watch, once a second at most: a hall that comes in at once is one number, not a hundred."""
        if not self.is_counting:
            self.is_counting = True
            self.spawn(self._count())

    async def _count(self) -> None:
        await asyncio.sleep(1)
        self.is_counting = False
        here = self.here()
        if shared_address() is not None:
            topics = here_topics(self.board.public_id, here, self.told_here)
            await in_thread(READER, partial(announce_all, topics))
        self.told_here = here
        self.tell_who_is_here()

    def here(self) -> Counter[str]:
        return Counter(watcher.who.sector for watcher in self.watchers if not watcher.is_spectator)

    def tell_who_is_here(self) -> None:
        counts = self.here() + self.elsewhere.counts()
        self.tell({"t": "here", "n": counts.total(), "sectors": dict(sorted(counts.items()))})

    def heard_of_elsewhere(self, process: str, sector: str, count: int) -> None:
        if process != ME:
            self.elsewhere.hear(process, sector, count)
            self.tell_who_is_here()

    def is_writing(self, watcher: Watcher, inside: str) -> None:
        """Somebody has begun a note in a column."""
        if self.is_crowded or watcher.is_spectator:
            return  # with so many it says nothing any more, and each would be told of all
        sector = watcher.who.sector
        self.tell({"t": "writing", "in": inside, "sector": sector}, but=watcher)
        self._pass_on(self.outward.add(writing=[(inside, sector)]))

    def point(self, watcher: Watcher, x: int, y: int) -> None:
        if self.is_crowded or watcher.is_spectator:
            return
        self.cursors.move(watcher.number, (x, y, watcher.who.sector))
        self._tell_soon()

    def drag(self, watcher: Watcher, carried: Carried) -> None:
        """What all may see, and this one may move: whoever calls has asked."""
        if self.is_crowded or watcher.is_spectator or watcher not in self.watchers:
            self.let_go(watcher)
            return
        self.drags.move(watcher.number, carried)
        self._tell_soon()

    def let_go(self, watcher: Watcher) -> None:
        """Dropped, or its browser went: it hangs in the air nowhere."""
        number = watcher.number
        self.drags.forget(number)
        if number in self.dragging:
            self.dragging.discard(number)
            self.tell({"t": "drags", "at": [(number, *Carried().told)]}, but=watcher)
            self._pass_on(self.outward.add(drags=[(number, Carried())]))

    def heard_passing(self, passing: Passing) -> None:
        """What is done in another process takes its turn among what is done here. The one that drags was asked for there."""
        for number, carried in passing.drags.items():
            if not carried.items:
                self.drags.forget(number)
                self.tell({"t": "drags", "at": [(number, *carried.told)]})
            elif not self.is_crowded:
                self.drags.move(number, carried)
        if not self.is_crowded:
            for number, place in passing.cursors.items():
                self.cursors.move(number, place)
            for inside, sector in passing.writing.items():
                self.tell({"t": "writing", "in": inside, "sector": sector})
        self._tell_soon()

    def _pass_on(self, is_to_send: bool) -> None:
        if is_to_send:
            self.spawn(self.outward.send())

    def _tell_soon(self) -> None:
        if not self.is_telling:
            self.is_telling = True
            self.spawn(self._tell_what_passes())

    async def _tell_what_passes(self) -> None:
        try:
            while self.cursors.moved or self.drags.moved:
                if moved := self.cursors.take():
                    self.tell({"t": "cursors", "at": [(number, *where) for number, where in moved]})
                if carried := self.drags.take():
                    self.dragging |= {number for number, _carried in carried if is_ours(number)}
                    self.tell({"t": "drags", "at": [(number, *each.told) for number, each in carried]})
                self._pass_on(self.outward.add(cursors=moved, drags=carried))
                await asyncio.sleep(TICK_SECONDS)
        finally:
            self.is_telling = False


class Rooms:
    """The rooms of this process, its pen, and its one subscription to the others'."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._pen = Pen(wait=self._wait, written=self._written)

    def enter(self, board: Board, watcher: Watcher) -> Room:
        self._begin()
        room = self._rooms.setdefault(board.public_id, Room(board=board, seq=board.seq))
        room.watchers.add(watcher)
        return room

    def leave(self, room: Room, watcher: Watcher) -> None:
        room.watchers.discard(watcher)
        room.let_go(watcher)
        if not room.watchers and not room.asked:
            self._rooms.pop(room.board.public_id, None)

    def write(self, room: Room, watcher: Watcher, wishes: Sequence[Wish], answered: Answered) -> None:
        """`answered` hears what became of them when it is kept, after all have been told; None: it was not kept."""

        def is_answered(answers: list[Done] | None) -> None:
            room.asked -= 1
            answered(answers)
            self.leave_empty(room)

        room.asked += 1
        self._pen.ask(Request(board=room.board, wishes=wishes, who=watcher.who, answered=is_answered))

    def leave_empty(self, room: Room) -> None:
        """The last one left before the pen had answered."""
        if not room.watchers and not room.asked and self._rooms.get(room.board.public_id) is room:
            del self._rooms[room.board.public_id]

    def _wait(self, asked: Sequence[Request]) -> float:
        rooms = [self._rooms.get(board_id) for board_id in {request.board.public_id for request in asked}]
        return max((room.batch_seconds for room in rooms if room is not None), default=BATCHES[-1][1])

    def _written(self, board_id: str, page: Page) -> None:
        if room := self._rooms.get(board_id):
            room.has_written(page)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        hear(self._heard)
        if shared_address() is not None:
            self._tasks = {loop.create_task(self._listen()), loop.create_task(self._say_again())}

    def _heard(self, topic: str, number: int) -> None:
        """Called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hear, topic, number)

    def _hear(self, topic: str, number: int) -> None:
        kind, _, rest = topic.partition(":")
        board_id, _, rest = rest.partition(":")
        room = self._rooms.get(board_id)
        if room is None:
            return
        if kind == "board":
            room.is_at(number)
        elif kind == "here":
            process, _, sector = rest.partition(":")
            room.heard_of_elsewhere(process, sector, number)
        elif kind == "passing":
            if passing := passing_of(rest):
                room.heard_passing(passing)
        elif kind in ("gather", "lead"):
            room.tell(gathering_of(rest).frame(kind))

    async def _say_again(self) -> None:
        """Who is here, so that what a process said that has ended is forgotten by the others."""
        while True:
            await asyncio.sleep(SAID_AGAIN_SECONDS)
            for room in list(self._rooms.values()):
                room.count_soon()

    async def _listen(self) -> None:
        """What other processes have changed. After a break every room is read again, since words were lost."""
        from_redis = import_module("kompetanseforum.core.channel")
        while True:
            try:
                await from_redis.hear_others(shared_address() or "", begun=self._look_again, tell=tell_here)
            except from_redis.NoWord:
                log.warning("no word from the other processes; trying again")
            await asyncio.sleep(1)

    async def _look_again(self) -> None:
        for room in list(self._rooms.values()):
            room.is_at(room.seq + 1)


ROOMS = Rooms()
