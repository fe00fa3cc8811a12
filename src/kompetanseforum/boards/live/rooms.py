"""One room a board in each process: who watches, and one pump that reads what changed and hands it out.

One subscription a process and one reading a batch, whatever the number of watchers; bytes are made once and shared.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import redis.asyncio
from django.db import connections

from kompetanse.board import Wish
from kompetanseforum.boards.actions import Done, perform
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.log import Changes, changes_since
from kompetanseforum.boards.queries.people import Who, names_on
from kompetanseforum.boards.queries.shown import may_be_told, told
from kompetanseforum.core.live import CHANNEL, hear, shared_address, tell_here

log = logging.getLogger(__name__)
T = TypeVar("T")

# So long the pump gathers before it reads; longer where many watch, since each batch is written to all of them.
BATCH_SECONDS, CROWDED_BATCH_SECONDS, CROWD = 0.02, 0.04, 50
# Frames that wait for a slow browser; then it is let go, and comes back with the number it has.
MOST_WAITING = 64
# Operations written in one transaction.
MOST_IN_ONE = 100

# Reading and writing have a thread each, whose connection stays open.
_reader = ThreadPoolExecutor(1, thread_name_prefix="board reader")
_writer = ThreadPoolExecutor(1, thread_name_prefix="board writer")


async def in_thread(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Run it where the database may be asked; a connection that failed is opened anew next time."""

    def run() -> T:
        try:
            return work()
        except Exception:
            connections.close_all()
            raise

    return await asyncio.get_running_loop().run_in_executor(pool, run)


def frame(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


@dataclass(eq=False, slots=True)
class Watcher:
    """One browser: what waits to be sent to it, and whether it has fallen behind."""

    who: Who
    waiting: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    is_slow: bool = False

    def give(self, text: str | None) -> None:
        if self.is_slow:
            return
        try:
            self.waiting.put_nowait(text)
        except asyncio.QueueFull:
            self.is_slow = True
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(None)


@dataclass(eq=False, slots=True)
class Room:
    board: Board
    seq: int
    watchers: set[Watcher] = field(default_factory=set)
    wanted: int = 0
    is_pumping: bool = False
    asked: list[tuple[Wish, Who, asyncio.Future[Done]]] = field(default_factory=list)
    is_writing: bool = False
    is_counting: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def spawn(self, work: Any) -> None:  # Any: a coroutine of ours
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # What others have changed

    def is_at(self, number: int) -> None:
        self.wanted = max(self.wanted, number)
        if self.wanted > self.seq and not self.is_pumping:
            self.is_pumping = True
            self.spawn(self._pump())

    async def _pump(self) -> None:
        try:
            while self.wanted > self.seq:
                await asyncio.sleep(CROWDED_BATCH_SECONDS if len(self.watchers) > CROWD else BATCH_SECONDS)
                since = self.seq
                changes = await in_thread(_reader, partial(read, self.board.public_id, since))
                if changes is None:
                    return
                self.seq = max(self.seq, changes.changes.seq)
                self.hand_out(changes)
        except Exception:
            log.exception("board %s could not be read", self.board.public_id)
        finally:
            self.is_pumping = False

    def hand_out(self, told_of: Told) -> None:
        """The same bytes to all, but for those who see something of their own in it."""
        rows = told_of.changes.rows
        authors = {row.author for row in rows if row.author}
        shared = told_of.frame_for("")
        own = {watcher.who.ref: "" for watcher in self.watchers if watcher.who.ref in authors}
        for ref in own:
            own[ref] = told_of.frame_for(ref)
        for watcher in self.watchers:
            watcher.give(own.get(watcher.who.ref, shared))

    def tell(self, content: dict[str, Any], *, but: Watcher | None = None) -> None:
        """Something that passes and is not kept: who is here, who is writing."""
        text = frame(content)
        for watcher in self.watchers:
            if watcher is not but:
                watcher.give(text)

    def count_soon(self) -> None:
        """How many watch, once a second at most: a hall that comes in at once is one number, not a hundred."""
        if not self.is_counting:
            self.is_counting = True
            self.spawn(self._count())

    async def _count(self) -> None:
        await asyncio.sleep(1)
        self.is_counting = False
        self.tell({"t": "here", "n": len(self.watchers)})

    # What those in the room do

    async def do(self, wishes: Sequence[Wish], who: Who) -> list[Done]:
        """Answered when it is kept. Those that come while a transaction runs go together in the next one."""
        loop = asyncio.get_running_loop()
        answers = [loop.create_future() for _wish in wishes]
        self.asked += [(wish, who, answer) for wish, answer in zip(wishes, answers, strict=True)]
        if not self.is_writing:
            self.is_writing = True
            self.spawn(self._write())
        return list(await asyncio.gather(*answers))

    async def _write(self) -> None:
        try:
            while self.asked:
                batch, self.asked = self.asked[:MOST_IN_ONE], self.asked[MOST_IN_ONE:]
                await self._write_batch(batch)
        finally:
            self.is_writing = False

    async def _write_batch(self, batch: list[tuple[Wish, Who, asyncio.Future[Done]]]) -> None:
        pairs = [(wish, who) for wish, who, _answer in batch]
        try:
            done = await in_thread(_writer, lambda: perform(self.board, pairs))
        except Exception as error:
            log.exception("operations on board %s were not written", self.board.public_id)
            for _wish, _who, answer in batch:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_wish, _who, answer), result in zip(batch, done, strict=True):
            if not answer.done():
                answer.set_result(result)


@dataclass(frozen=True, slots=True)
class Told:
    """What changed, ready to be made into frames."""

    changes: Changes
    names: dict[str, str]

    def frame_for(self, ref: str) -> str:
        """As the holder of this Ref may see it; "" is anybody."""
        who = Who(ref=ref, name="", sector="", is_leading=False)
        items = [told(row, who_ref=ref, names=self.names) for row in self.changes.rows if may_be_told(row, who)]
        return frame({"t": "items", "seq": self.changes.seq, "items": items, "state": self.changes.is_board_changed})


def read(board_id: str, since: int) -> Told | None:
    changes = changes_since(board_id, since)
    if changes is None:
        return None
    return Told(changes, names_on(changes.board) if changes.board.names_are_shown else {})


class Rooms:
    """The rooms of this process, and its one subscription to the others'."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._subscription: asyncio.Task[None] | None = None

    def enter(self, board: Board, watcher: Watcher) -> Room:
        self._begin()
        room = self._rooms.setdefault(board.public_id, Room(board=board, seq=board.seq))
        room.watchers.add(watcher)
        return room

    def leave(self, room: Room, watcher: Watcher) -> None:
        room.watchers.discard(watcher)
        if not room.watchers and not room.is_writing:
            self._rooms.pop(room.board.public_id, None)

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        hear(self._heard)
        if shared_address() is not None:
            self._subscription = loop.create_task(self._listen())

    def _heard(self, topic: str, number: int) -> None:
        """Called from any thread."""
        kind, _, board_id = topic.partition(":")
        if kind == "board" and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._is_at, board_id, number)

    def _is_at(self, board_id: str, number: int) -> None:
        if room := self._rooms.get(board_id):
            room.is_at(number)

    async def _listen(self) -> None:
        """What other processes have changed. After a break every room is read again, since words were lost."""
        while True:
            try:
                client = redis.asyncio.Redis.from_url(shared_address() or "", socket_timeout=None)
                async with client.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(CHANNEL)
                    await self._look_again()
                    async for message in heard.listen():
                        topic, _, number = message["data"].decode().rpartition(" ")
                        tell_here(topic, int(number))
            except (redis.RedisError, OSError, ValueError):
                log.warning("no word from the other processes; trying again")
            await asyncio.sleep(1)

    async def _look_again(self) -> None:
        for room in list(self._rooms.values()):
            room.is_at(room.seq + 1)


ROOMS = Rooms()


def reader() -> ThreadPoolExecutor:
    return _reader
