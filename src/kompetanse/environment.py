"""What the command line takes from the environment, and gives to the processes it starts; nothing else reads it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

# What the linear algebra under numpy listens to; it is read once, when numpy is loaded.
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def is_one_thread() -> bool:
    """Whether this process' linear algebra keeps to one thread."""
    return all(os.environ.get(name) == "1" for name in _THREADS)


def with_one_thread() -> dict[str, str]:
    """The environment of a process whose sums come out the same every time, and whose seconds are of one core."""
    return os.environ | dict.fromkeys(_THREADS, "1")


def keep_to_one_thread() -> None:
    """Lets the processes that are started from here on keep to one thread each."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))


def test_data() -> Path | None:
    """The folder with real data, where one is named."""
    named = os.environ.get("KF_TEST_DATA")
    return Path(named) if named else None


def cache_folder() -> Path:
    """Where what was computed may lie until the next run."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "kompetanse"
