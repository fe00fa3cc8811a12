"""What one browser drags, told to the others while it moves. Only the drop is an operation."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from functools import partial

from kompetanseforum.boards.live.pen import READER, in_thread
from kompetanseforum.boards.live.presence import Carried
from kompetanseforum.boards.live.rooms import Room, Watcher
from kompetanseforum.boards.queries.carrying import told_while_dragged

log = logging.getLogger(__name__)

# So long is what the tables said believed: a phase may begin, or a note be taken down, while it is in the hand.
BELIEVED_SECONDS = 1.0


class Hand:
    """Hidden notes, and those one may not move, are never told of. The tables are asked, and not at every step."""

    def __init__(self, room: Room, watcher: Watcher) -> None:
        self._room, self._watcher = room, watcher
        self._now: Carried | None = None
        self._seen: frozenset[str] = frozenset()
        self._until = 0.0
        self._is_asking = False

    def holds(self, carried: Carried | None) -> None:
        """None is what could not be read; without items it was let go."""
        if carried is None:
            return
        if not carried.items:
            self._now = None
            self._room.let_go(self._watcher)
            return
        if self._room.is_crowded or self._watcher.is_spectator:
            return
        self._now = carried
        if time.monotonic() < self._until and carried.named <= self._seen:
            self._tell(carried)
        elif not self._is_asking:
            self._is_asking = True
            self._room.spawn(self._ask())

    def _tell(self, carried: Carried) -> None:
        if not self._seen.issuperset(carried.items):
            self._room.let_go(self._watcher)
            return
        inside, before = (place if place in self._seen else "" for place in (carried.inside, carried.before))
        self._room.drag(self._watcher, replace(carried, inside=inside, before=before))

    async def _ask(self) -> None:
        try:
            while (now := self._now) is not None:
                board_id, who = self._room.board.public_id, self._watcher.who
                told = await in_thread(READER, partial(told_while_dragged, board_id, now.items, now.named, who))
                self._seen, self._until = told, time.monotonic() + BELIEVED_SECONDS
                # It may have gone on meanwhile, or been let go.
                if self._now is None or self._now.named <= now.named:
                    break
            if self._now is not None:
                self._tell(self._now)
        except Exception:
            log.exception("what is dragged on board %s could not be read", self._room.board.public_id)
        finally:
            self._is_asking = False
