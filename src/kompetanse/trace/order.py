"""The order in which a thread is read: by date, and never an effect before its cause."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from kompetanse.refs import Ref
from kompetanse.trace.edges import Tied


def in_order(dates: Mapping[Ref, datetime], edges: Iterable[Tied]) -> list[Ref]:
    """All names of `dates`: the earliest first, but each after everything upstream of it.

    A date that is wrong (a meeting registered after the need it raised) gives way to the edge. Of two equal dates the
    smaller Ref comes first. Edges to names without a date are left out; in a loop the earliest date goes first.
    """
    waits: Counter[Ref] = Counter()
    following: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for edge in edges:
        if edge.upstream in dates and edge.downstream in dates and edge.upstream != edge.downstream:
            following[edge.upstream].append(edge.downstream)
            waits[edge.downstream] += 1
    left = dict(dates)
    ready = [(at, name) for name, at in dates.items() if waits[name] == 0]
    heapq.heapify(ready)
    order: list[Ref] = []
    while left:
        if not ready:  # a loop
            ready = [min((at, name) for name, at in left.items())]
        _, name = heapq.heappop(ready)
        if name not in left:
            continue
        del left[name]
        order.append(name)
        for step in following[name]:
            waits[step] -= 1
            if waits[step] == 0 and step in left:
                heapq.heappush(ready, (left[step], step))
    return order
