"""What a process keeps in memory for as long as it lives."""

from __future__ import annotations

import ctypes
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

# As Python sets them; and a walk through all that is not come to while something is made.
_THRESHOLDS = gc.get_threshold()
_SELDOM = 100_000
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
    young, middle, old = _THRESHOLDS
    with _makers_lock:
        _makers += 1
        gc.set_threshold(young, middle, _SELDOM)
    try:
        yield
    finally:
        with _makers_lock:
            _makers -= 1
            if not _makers:
                gc.set_threshold(young, middle, old)


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
