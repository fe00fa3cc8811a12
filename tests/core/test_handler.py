"""Requests share threads: the warm one comes first, nobody waits for a slow one, and what is too many goes again."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kompetanseforum.core.handler import MOST_AT_ONCE, MOST_KEPT, SharedThreads


class Noting(SharedThreads):
    """Notes in which thread each request's work is done; a request called "slow" waits there for the others."""

    def __init__(self, *, others: int = 0) -> None:
        super().__init__()
        self.seen_in: list[int] = []
        self.together = threading.Barrier(others + 1)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(self._work)(scope["path"])

    def _work(self, path: str) -> None:
        self.seen_in.append(threading.get_ident())
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
    assert len(set(app.seen_in)) == 1


def test_slow_ones_hold_up_nobody_and_only_some_threads_are_kept():
    many = MOST_KEPT + 5
    app = Noting(others=many - 1)
    # Each waits in its thread until all are there: with fewer threads than requests this would never end.
    ask(app, *["slow"] * many, at_once=True)
    assert (len(set(app.seen_in)), len(app.threads.free)) == (many, MOST_KEPT)


def test_a_request_that_fails_gives_its_thread_back():
    app = Noting()

    async def fails(scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(threading.get_ident)()
        raise OSError("the reader is gone")

    app.handle = fails  # type: ignore[method-assign]
    with pytest.raises(OSError, match="reader"):
        ask(app, "a")
    assert len(app.threads.free) == 1


def test_so_many_are_made_at_once_and_the_others_come_after_them():
    app, most, at_once = Noting(), [0], [0]

    def work() -> None:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.01)
        at_once[0] -= 1

    async def handle(scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(work)()
        app.seen_in.append(scope["path"])

    app.handle = handle  # type: ignore[method-assign]
    many = [str(number) for number in range(MOST_AT_ONCE * 3)]
    ask(app, *many, at_once=True)
    assert (sorted(app.seen_in), most[0] <= MOST_AT_ONCE, app.threads.at_work) == (sorted(many), True, 0)


class Reading(SharedThreads):
    """Answers with what is given; whoever reads slowly takes nothing before the quick one has got all of it."""

    def __init__(self, make: Callable[[], HttpResponseBase]) -> None:
        super().__init__()
        self.make = make
        self.quick_has_come = asyncio.Event()

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        await self.send_response(await sync_to_async(self.make)(), send)
        await sync_to_async(threading.get_ident)()

    async def slow(self, message: Any) -> None:
        await self.quick_has_come.wait()

    async def quick(self, message: Any) -> None:
        if not message.get("more_body", True) or "body" in message:
            self.quick_has_come.set()

    async def a_crowd_and_then_one(self) -> None:
        slow = [self({"type": "http"}, None, self.slow) for _reader in range(MOST_AT_ONCE + 1)]
        await asyncio.wait_for(asyncio.gather(*slow, self({"type": "http"}, None, self.quick)), timeout=20)


@pytest.mark.parametrize(
    "make",
    [lambda: HttpResponse("words"), lambda: StreamingHttpResponse(iter(["a", "b"]))],
    ids=["a page", "a file, bit by bit"],
)
@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators")
def test_slow_readers_hold_up_nobody(make: Callable[[], HttpResponseBase]):
    async def come() -> int:
        app = Reading(make)
        await app.a_crowd_and_then_one()
        return app.threads.at_work

    assert asyncio.run(come()) == 0


def test_whoever_leaves_while_waiting_takes_no_thread():
    app, gate, done = Noting(), threading.Event(), []

    async def handle(scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(gate.wait)(20)
        done.append(scope["path"])

    app.handle = handle  # type: ignore[method-assign]

    async def come() -> None:
        first = [
            asyncio.create_task(app({"type": "http", "path": "stays"}, None, None)) for _one in range(MOST_AT_ONCE)
        ]
        await asyncio.sleep(0)
        leaves = asyncio.create_task(app({"type": "http", "path": "leaves"}, None, None))
        stays = asyncio.create_task(app({"type": "http", "path": "stays"}, None, None))
        await asyncio.sleep(0.01)
        leaves.cancel()
        gate.set()
        await asyncio.gather(*first, stays, leaves, return_exceptions=True)

    asyncio.run(come())
    assert (done, app.threads.at_work) == (["stays"] * (MOST_AT_ONCE + 1), 0)


def test_only_pages_are_served():
    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(Noting()({"type": "websocket", "path": "/"}, None, None))
