"""What a process keeps in memory for as long as it lives."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

# After so many walks through what is of middle age comes one through all that lives: as Python has it, in a process
# that serves pages and boards, and (never come to) while something is made.
_OFTEN, _SELDOM, _NEVER = gc.get_threshold()[2], 100, 100_000
_usually = _OFTEN
_makers, _makers_lock = 0, threading.Lock()


def late(module: str, name: str) -> Callable[..., Any]:
    """The function of that module, imported at its first call: what it brings along takes memory that few processes use.

    Any: the one who names it says what it takes and gives.
    """

    def call(*args: object, **kwargs: object) -> object:
        return getattr(import_module(module), name)(*args, **kwargs)

    return call


@contextmanager
def much_is_made() -> Iterator[None]:
    """Inside the block something large is made that stays. The collector does not walk through all that lives again and
    again while it grows: each walk stops every page and every board of the process. What dies young is collected as ever.
    """
    global _makers  # noqa: PLW0603 - one collector in a process
    with _makers_lock:
        _makers += 1
        _set_walks()
    try:
        yield
    finally:
        with _makers_lock:
            _makers -= 1
            _set_walks()


def serve_without_long_stops() -> None:
    """For the rest of this process's life all that lives is walked through a tenth as often: with a thousand people in
    the hall each walk stops every board for longer than an edit may take. What dies young is collected as ever.
    """
    global _usually  # noqa: PLW0603 - one collector in a process
    with _makers_lock:
        _usually = _SELDOM
        _set_walks()


def _set_walks() -> None:
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER if _makers else _usually)


def keep_for_good() -> None:
    """What is in memory now stays: the collector need not walk through it again in the middle of somebody's page."""
    gc.unfreeze()  # what was kept before may be gone by now
    gc.collect()
    gc.freeze()
    _give_back()


def _give_back() -> None:
    """What was needed for the making alone goes back to the machine; glibc keeps it unless asked."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
