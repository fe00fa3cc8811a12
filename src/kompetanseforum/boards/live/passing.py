"""What passes on a board, on its way to those who watch in other processes: pointed at, dragged, let go of, begun to write.

It is never kept, and nobody waits for it: while one message is on its way the newest of each gathers for the next, so
a Redis that is slow makes it rarer, and one that is away makes it nothing. What arrives takes its turn in the room it
comes to, within the same budget as what is done there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from kompetanseforum.boards.live.pen import in_thread
from kompetanseforum.boards.live.presence import ME, Carried
from kompetanseforum.core.live import pass_on, shared_address

Place = tuple[int, int, str]

# A process numbers its browsers from its own name, so that no two on a board are called the same. A browser reads
# whole numbers up to 2**53.
_BITS = 20
_FIRST = int(ME, 16) << _BITS
numbers = count(_FIRST)

# Of its own: a Redis that is slow keeps nobody from reading.
_OUT = ThreadPoolExecutor(1, thread_name_prefix="board passing")


def is_ours(number: int) -> bool:
    return number >> _BITS == _FIRST >> _BITS


@dataclass(slots=True)
class Passing:
    """Where each points (x, y, sector), what each drags, and in which column somebody of which sector has begun."""

    cursors: dict[int, Place] = field(default_factory=dict)
    drags: dict[int, Carried] = field(default_factory=dict)
    writing: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.cursors or self.drags or self.writing)

    def topic(self, board_id: str) -> str:
        rows = (
            [(number, *place) for number, place in self.cursors.items()],
            [(number, *carried.told) for number, carried in self.drags.items()],
            [*self.writing.items()],
        )
        return f"passing:{board_id}:{ME}:{json.dumps(rows, separators=(',', ':'))}"


def passing_of(rest: str) -> Passing | None:
    """The end of a topic, as another process sent it; None for what this one said itself."""
    process, _, rows = rest.partition(":")
    if process == ME:
        return None
    cursors, drags, writing = json.loads(rows)
    return Passing(
        cursors={number: (x, y, sector) for number, x, y, sector in cursors},
        drags={number: Carried(tuple(items), x, y, inside, before) for number, items, x, y, inside, before in drags},
        writing=dict(writing),
    )


@dataclass(slots=True)
class Outward:
    """What one room has yet to tell the other processes."""

    board_id: str
    waiting: Passing = field(default_factory=Passing)
    is_sending: bool = False

    def add(
        self,
        *,
        cursors: Iterable[tuple[int, Place]] = (),
        drags: Iterable[tuple[int, Carried]] = (),
        writing: Iterable[tuple[str, str]] = (),
    ) -> bool:
        """True when somebody must `send`: there are other processes, and nothing is on its way. Theirs is not told back."""
        if shared_address() is None:
            return False
        self.waiting.cursors.update((number, place) for number, place in cursors if is_ours(number))
        self.waiting.drags.update((number, carried) for number, carried in drags if is_ours(number))
        self.waiting.writing.update(writing)
        if self.is_sending or not self.waiting:
            return False
        self.is_sending = True
        return True

    async def send(self) -> None:
        try:
            while self.waiting:
                passing, self.waiting = self.waiting, Passing()
                await in_thread(_OUT, partial(pass_on, passing.topic(self.board_id)))
        finally:
            self.is_sending = False
