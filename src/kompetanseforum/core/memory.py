"""What a process keeps in memory for as long as it lives."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """The function of that module, imported at its first call: what it brings along takes memory that few processes use.

    Any: the one who names it says what it takes and gives.
    """

    def call(*args: object, **kwargs: object) -> object:
        return getattr(import_module(module), name)(*args, **kwargs)

    return call


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
