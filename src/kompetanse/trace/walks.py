"""Walks up and down: what something came from, what it became, and whether an edge would bite its own tail.

Every walk takes time and room in proportion to the edges it is given, and visits each name once, so that it ends
even where the edges make a loop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kompetanse.refs import Ref
from kompetanse.trace.edges import Tied

TiedT = TypeVar("TiedT", bound=Tied)


def upstream(edges: Iterable[Tied], start: Ref) -> frozenset[Ref]:
    """All that `start` came from, near and far; `start` itself only if it stands in a loop."""
    return _reached(_next_up(edges), start)


def downstream(edges: Iterable[Tied], start: Ref) -> frozenset[Ref]:
    """All that `start` became, near and far; `start` itself only if it stands in a loop."""
    return _reached(_next_down(edges), start)


@dataclass(frozen=True, slots=True)
class Thread(Generic[TiedT]):
    """One thing's thread: what it came from, what it became, and the edges between them."""

    start: Ref
    upstream: frozenset[Ref]
    downstream: frozenset[Ref]
    edges: tuple[TiedT, ...]

    @property
    def names(self) -> frozenset[Ref]:
        return self.upstream | self.downstream | {self.start}


def thread_of(edges: Iterable[TiedT], start: Ref) -> Thread[TiedT]:
    """What `start` came from and became. What only shares an ancestor or a descendant with it is another thread."""
    edges = tuple(edges)
    up, down = upstream(edges, start), downstream(edges, start)
    before, after = up | {start}, down | {start}
    inside = tuple(
        edge
        for edge in edges
        if (edge.upstream in before and edge.downstream in before)
        or (edge.upstream in after and edge.downstream in after)
    )
    return Thread(start=start, upstream=up, downstream=down, edges=inside)


def would_loop(edges: Iterable[Tied], *, upstream: Ref, downstream: Ref) -> bool:
    """Whether one more edge from `upstream` to `downstream` would lead a walk back to where it began."""
    return upstream == downstream or upstream in _reached(_next_down(edges), downstream)


def find_loop(edges: Iterable[Tied]) -> list[Ref]:
    """The names of one loop in walking order, or an empty list where there is none."""
    following = _next_down(edges)
    done: set[Ref] = set()
    for start in following:
        if start not in done and (loop := _loop_from(start, following, done)):
            return loop
    return []


def _loop_from(start: Ref, following: Mapping[Ref, Sequence[Ref]], done: set[Ref]) -> list[Ref]:
    """Depth first and without recursion, since a chain may be longer than Python's stack."""
    path: dict[Ref, None] = {start: None}
    waiting = [iter(following[start])]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            name, _ = path.popitem()
            done.add(name)
        elif step in path:
            names = list(path)
            return names[names.index(step) :]
        elif step not in done:
            path[step] = None
            waiting.append(iter(following.get(step, ())))
    return []


def _next_up(edges: Iterable[Tied]) -> Mapping[Ref, Sequence[Ref]]:
    found: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for edge in edges:
        found[edge.downstream].append(edge.upstream)
    return found


def _next_down(edges: Iterable[Tied]) -> Mapping[Ref, Sequence[Ref]]:
    found: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for edge in edges:
        found[edge.upstream].append(edge.downstream)
    return found


def _reached(following: Mapping[Ref, Sequence[Ref]], start: Ref) -> frozenset[Ref]:
    reached: set[Ref] = set()
    waiting = [start]
    while waiting:
        for step in following.get(waiting.pop(), ()):
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return frozenset(reached)
