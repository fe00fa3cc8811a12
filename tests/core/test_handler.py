"""Requests share threads: the warm one comes first, nobody waits for a slow one, and what is too many goes again."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from kompetanseforum.core.handler import MOST_KEPT, SharedThreads


class Noting(SharedThreads):
    """Notes in which thread each request's work is done; a request called "slow" waits there for the others."""

    def __init__(self, *, others: int = 0) -> None:
        super().__init__()
        self.threads: list[int] = []
        self.together = threading.Barrier(others + 1)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(self._work)(scope["path"])

    def _work(self, path: str) -> None:
        self.threads.append(threading.get_ident())
        if path == "slow":
            self.together.wait(timeout=20)


def ask(app: Noting, *paths: str, at_once: bool = False) -> None:
    async def all_of_them() -> None:
        asked = [app({"type": "http", "path": path}, None, None) for path in paths]
        if at_once:
            await asyncio.gather(*asked)
        else:
            for one in asked:
                await one

    asyncio.run(all_of_them())


def test_one_after_another_they_use_the_same_thread():
    app = Noting()
    ask(app, "a", "b", "c")
    assert len(set(app.threads)) == 1


def test_slow_ones_hold_up_nobody_and_only_some_threads_are_kept():
    many = MOST_KEPT + 5
    app = Noting(others=many - 1)
    # Each waits in its thread until all are there: with fewer threads than requests this would never end.
    ask(app, *["slow"] * many, at_once=True)
    assert (len(set(app.threads)), len(app._free)) == (many, MOST_KEPT)


def test_a_request_that_fails_gives_its_thread_back():
    app = Noting()

    async def fails(scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(threading.get_ident)()
        raise OSError("the reader is gone")

    app.handle = fails  # type: ignore[method-assign]
    with pytest.raises(OSError, match="reader"):
        ask(app, "a")
    assert len(app._free) == 1


def test_only_pages_are_served():
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(Noting()({"type": "websocket", "path": "/"}, None, None))
