"""The pen of this process: what waits to be written, on whatever board, goes together in one transaction.

Who writes alone waits a fiftieth of a second longer; who writes in a hall waits for one transaction, not for a hundred.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import connections

from kompetanse.board import Wish
from kompetanseforum.boards.actions import Done, Performed, perform_together
from kompetanseforum.boards.live.frames import Made, told_of
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who

log = logging.getLogger(__name__)
T = TypeVar("T")

# Operations written in one transaction.
MOST_IN_ONE = 200

# Reading and writing have a thread each, whose connection stays open.
READER = ThreadPoolExecutor(1, thread_name_prefix="board reader")
_WRITER = ThreadPoolExecutor(1, thread_name_prefix="board writer")


async def in_thread(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Run it where the database may be asked; a connection that failed is opened anew next time."""

    def run() -> T:
        try:
            return work()
        except Exception:
            connections.close_all()
            raise

    return await asyncio.get_running_loop().run_in_executor(pool, run)


@dataclass(frozen=True, slots=True)
class Page:
    """What was written of one board, and the bytes that tell of it. None: it could not be written."""

    performed: Performed | None
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Some wishes that one browser sent at once. `answered` hears what became of each; None: try again later."""

    board: Board
    wishes: Sequence[Wish]
    who: Who
    answered: Callable[[list[Done] | None], None]


class Pen:
    def __init__(self, *, wait: Callable[[Sequence[Request]], float], written: Callable[[str, Page], None]) -> None:
        """`wait` says how long to gather; `written` hears of each board's page, before those who wrote are answered."""
        self._wait, self._written = wait, written
        self._asked: list[Request] = []
        self._task: asyncio.Task[None] | None = None

    def ask(self, request: Request) -> None:
        self._asked.append(request)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._asked:
                await asyncio.sleep(self._wait(self._asked))
                batch = self._take()
                try:
                    pages = await in_thread(_WRITER, partial(_write_pages, batch))
                except Exception:
                    log.exception("the pen fell")
                    pages = {}
                self._tell(batch, pages)
        finally:
            self._task = None

    def _take(self) -> list[Request]:
        count = 0
        for number, request in enumerate(self._asked):
            count += len(request.wishes)
            if count > MOST_IN_ONE and number:
                batch, self._asked = self._asked[:number], self._asked[number:]
                return batch
        batch, self._asked = self._asked, []
        return batch

    def _tell(self, batch: Sequence[Request], pages: dict[str, Page]) -> None:
        for board_id, page in pages.items():
            _unharmed(partial(self._written, board_id, page))
        answers = {
            board_id: iter(page.performed.answers) for board_id, page in pages.items() if page.performed is not None
        }
        for request in batch:
            own = answers.get(request.board.public_id)
            answer = [next(own) for _wish in request.wishes] if own is not None else None
            _unharmed(partial(request.answered, answer))


def _unharmed(tell: Callable[[], None]) -> None:
    """One that cannot be told stops nobody else from being told, nor the pen."""
    try:
        tell()
    except Exception:
        log.exception("somebody on a board was not told")


def _write_pages(batch: Sequence[Request]) -> dict[str, Page]:
    asked: dict[str, tuple[Board, list[tuple[Wish, Who]]]] = {}
    for request in batch:
        _board, pairs = asked.setdefault(request.board.public_id, (request.board, []))
        pairs += [(wish, request.who) for wish in request.wishes]
    try:
        return {performed.board.public_id: _page(performed) for performed in perform_together(list(asked.values()))}
    except Exception:
        # What one board cannot keep stops none of the others. What was kept after all is known by its ids.
        connections.close_all()
        return {board_id: _write_one(board, pairs) for board_id, (board, pairs) in asked.items()}


def _write_one(board: Board, pairs: Sequence[tuple[Wish, Who]]) -> Page:
    try:
        [performed] = perform_together([(board, pairs)])
        return _page(performed)
    except Exception:
        log.exception("operations on board %s were not written", board.public_id)
        connections.close_all()
        return Page(None)


def _page(performed: Performed) -> Page:
    return Page(performed, told_of(performed).made() if performed.after > performed.before else None)
