"""The way from the web server to the pages: requests share threads, and with them connections to the database."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar  # Any: ASGI's own messages are dicts of anything

from asgiref.sync import ThreadSensitiveContext
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http.response import HttpResponseBase

# So many wait for the next request.
MOST_KEPT = 16
# So many pages are made at once, each with a connection: PostgreSQL has a hundred, and a processor gets no quicker by more.
MOST_AT_ONCE = 24

P = ParamSpec("P")
T = TypeVar("T")


class SharedThreads(ASGIHandler):
    """Django's handler, which else makes a thread, and so opens and closes a connection, for each request."""

    def __init__(self) -> None:
        super().__init__()
        self.threads = Threads()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only pages are served here, not {scope['type']}.")
        borrowed = _Borrowed(self.threads)
        token = _of_this_request.set(borrowed)
        try:
            async with ThreadSensitiveContext(executor=borrowed):
                await self.handle(scope, receive, send)
        finally:
            _of_this_request.reset(token)
            borrowed.give_back()

    async def send_response(self, response: HttpResponseBase, send: Any) -> None:
        """A slow reader holds no thread; one who is given a long file bit by bit keeps theirs, beside the others."""
        borrowed = _of_this_request.get()
        if response.streaming:
            borrowed.stand_aside()
        else:
            borrowed.give_back()
        await super().send_response(response, send)


class Threads:
    """Used by the event loop alone, so it needs no lock."""

    def __init__(self) -> None:
        # The one used last comes first: what it has in memory is warm.
        self.free: list[ThreadPoolExecutor] = []
        self.at_work = 0
        self._waiting: deque[tuple[_Borrowed, Callable[[ThreadPoolExecutor], bool]]] = deque()

    def take(self) -> ThreadPoolExecutor | None:
        """None when so many are at work that one has to wait."""
        if self.at_work >= MOST_AT_ONCE:
            return None
        self.at_work += 1
        return self.free.pop() if self.free else ThreadPoolExecutor(max_workers=1)

    def wait(self, borrowed: _Borrowed, begin: Callable[[ThreadPoolExecutor], bool]) -> None:
        """`begin` is given a thread when one comes free; it says whether anybody still wants the answer."""
        self._waiting.append((borrowed, begin))

    def take_back(self, thread: ThreadPoolExecutor, *, stood_aside: bool) -> None:
        if not stood_aside:
            self.at_work -= 1
        if len(self.free) < MOST_KEPT:
            self.free.append(thread)
        else:
            thread.submit(connections.close_all)
            thread.shutdown(wait=False)
        self.next_ones()

    def next_ones(self) -> None:
        while self._waiting and self.at_work < MOST_AT_ONCE:
            borrowed, begin = self._waiting.popleft()
            borrowed.begin(begin)


class _Borrowed(Executor):
    """One thread, taken when the first thing is to be done in it: not while a body is still on its way."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._thread: ThreadPoolExecutor | None = None
        self._stands_aside = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._thread is None:
            self._thread = self._threads.take()
        if self._thread is not None:
            return self._thread.submit(fn, *args, **kwargs)
        promised: Future[T] = Future()

        def begin(thread: ThreadPoolExecutor) -> bool:
            if not promised.set_running_or_notify_cancel():
                return False
            thread.submit(fn, *args, **kwargs).add_done_callback(lambda done: _pass_on(done, promised))
            return True

        self._threads.wait(self, begin)
        return promised

    def begin(self, begin: Callable[[ThreadPoolExecutor], bool]) -> None:
        """Its turn has come, and there is room for it."""
        if self._thread is None:
            self._thread = self._threads.take()
        if self._thread is not None and not begin(self._thread):
            self.give_back()

    def stand_aside(self) -> None:
        """The thread is kept, and counts no longer among those at work."""
        if self._thread is not None and not self._stands_aside:
            self._stands_aside = True
            self._threads.at_work -= 1
            self._threads.next_ones()

    def give_back(self) -> None:
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        stood_aside, self._stands_aside = self._stands_aside, False
        self._threads.take_back(thread, stood_aside=stood_aside)


_of_this_request: ContextVar[_Borrowed] = ContextVar("of_this_request")


def _pass_on(done: Future[T], promised: Future[T]) -> None:
    if error := done.exception():
        promised.set_exception(error)
    else:
        promised.set_result(done.result())
