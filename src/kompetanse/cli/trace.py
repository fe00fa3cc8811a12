"""`kompetanse trace FILE.json`: what something came from and what it became; finds loops and loose ends."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kompetanse.refs import Ref
from kompetanse.trace import Edge, downstream, find_loop, thread_of, upstream
from kompetanse.trace.reader import read_edges

if TYPE_CHECKING:
    # argparse keeps the type of its subparsers private.
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: Verbs) -> None:
    """Adds the verb to the command."""
    parser = verbs.add_parser("trace", help="walk a thread up and down", description=__doc__)
    parser.add_argument("file", type=Path, help='JSON: [{"upstream": "need:…", "downstream": …, "relation": …}, …]')
    parser.add_argument("--of", type=Ref.parse, metavar="REF", help="the thread of this thing only, such as need:7h3k")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the starts, the ends and the edges, or one thing's thread. A loop gives 1, an unreadable file 2."""
    edges = read_edges(json.loads(given.file.read_text(encoding="utf-8")))
    loop = find_loop(edges)
    if loop:
        print(f"a loop: {' → '.join(map(str, [*loop, loop[0]]))}", file=sys.stderr)
        return 1
    found = _one(edges, given.of) if given.of else _all(edges)
    print(json.dumps(found, ensure_ascii=False, indent=2) if given.json else _lines(found))
    return 0


def _one(edges: Sequence[Edge], start: Ref) -> dict[str, list[str]]:
    return {
        "upstream": sorted(map(str, upstream(edges, start))),
        "downstream": sorted(map(str, downstream(edges, start))),
        "edges": [_told(edge) for edge in thread_of(edges, start).edges],
    }


def _all(edges: Sequence[Edge]) -> dict[str, list[str]]:
    """Starts have nothing upstream, ends nothing downstream."""
    befores, afters = {edge.upstream for edge in edges}, {edge.downstream for edge in edges}
    return {
        "starts": sorted(map(str, befores - afters)),
        "ends": sorted(map(str, afters - befores)),
        "edges": [_told(edge) for edge in edges],
    }


def _told(edge: Edge) -> str:
    return f"{edge.upstream} → {edge.downstream} ({edge.relation})"


def _lines(found: dict[str, list[str]]) -> str:
    return "\n".join(
        line for name, rows in found.items() for line in (f"{name}: {len(rows)}", *(f"  {r}" for r in rows))
    )
