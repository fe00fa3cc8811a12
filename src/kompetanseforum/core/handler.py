"""The way from the web server to the pages: requests share threads, and with them connections to the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar  # Any: ASGI's own messages are dicts of anything

from asgiref.sync import ThreadSensitiveContext
from django.core.handlers.asgi import ASGIHandler
from django.db import connections

# A request that finds no thread free gets a new one, so a slow reader holds up nobody. So many wait for the next.
MOST_KEPT = 16

P = ParamSpec("P")
T = TypeVar("T")


class SharedThreads(ASGIHandler):
    """Django's handler, which else makes a thread, and so opens and closes a connection, for each request."""

    def __init__(self) -> None:
        super().__init__()
        # The one used last comes first: what it has in memory is warm.
        self._free: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only pages are served here, not {scope['type']}.")
        borrowed = _Borrowed(self._free)
        try:
            async with ThreadSensitiveContext(executor=borrowed):
                await self.handle(scope, receive, send)
        finally:
            borrowed.give_back()


class _Borrowed(Executor):
    """One thread, taken when the first thing is to be done in it: not while a body is still on its way."""

    def __init__(self, free: list[ThreadPoolExecutor]) -> None:
        self._free = free
        self._thread: ThreadPoolExecutor | None = None

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._thread is None:
            self._thread = self._free.pop() if self._free else ThreadPoolExecutor(max_workers=1)
        return self._thread.submit(fn, *args, **kwargs)

    def give_back(self) -> None:
        if self._thread is None:
            return
        if len(self._free) < MOST_KEPT:
            self._free.append(self._thread)
        else:
            self._thread.submit(connections.close_all)
            self._thread.shutdown(wait=False)
        self._thread = None
