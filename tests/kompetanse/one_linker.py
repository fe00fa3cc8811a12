"""A linker of the starter vocabulary, made once in each process of a run: it takes seconds, and answers the same whoever asks."""

from __future__ import annotations

from functools import cache

from kompetanse.linking import Linker


@cache
def one_linker() -> Linker:
    return Linker.from_vocabulary()
