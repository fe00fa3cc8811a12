"""Edges from JSON, as `kompetanse trace` and other programs give them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kompetanse.refs import Ref
from kompetanse.trace.edges import Edge, Relation


class NotAThread(ValueError):
    """What is wrong with the file, and where."""


def read_edges(data: object) -> list[Edge]:
    """A list of edges, or an object with such a list under "edges". Raises NotAThread.

    An edge: {"upstream": "need:7h3k2m9qxa", "downstream": …, "relation": "gathered_in"}, and perhaps "by", "at" (ISO
    8601) and "why".
    """
    rows = data.get("edges") if isinstance(data, Mapping) else data
    if not isinstance(rows, list):
        raise NotAThread('a list of edges was expected, or {"edges": […]}')
    return [_edge(row, number=number) for number, row in enumerate(rows, start=1)]


def _edge(row: object, *, number: int) -> Edge:
    if not isinstance(row, Mapping):
        raise NotAThread(f"edge {number}: not an object")
    try:
        at = row.get("at")
        return Edge(
            upstream=Ref.parse(str(row["upstream"])),
            downstream=Ref.parse(str(row["downstream"])),
            relation=Relation(row["relation"]),
            by=str(row.get("by") or ""),
            at=datetime.fromisoformat(str(at)) if at else None,
            why=str(row.get("why") or ""),
        )
    except KeyError as missing:
        raise NotAThread(f"edge {number}: {missing} is missing") from missing
    except ValueError as problem:
        raise NotAThread(f"edge {number}: {problem}") from problem
