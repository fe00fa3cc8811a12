"""The thread: who and what led to what, as edges between names; walks up and down, and no loops."""

from kompetanse.trace.edges import Edge, Relation, Tied
from kompetanse.trace.lanes import Drawing, Line, draw
from kompetanse.trace.order import in_order
from kompetanse.trace.walks import Thread, downstream, find_loop, thread_of, upstream, would_loop

__all__ = [
    "Drawing",
    "Edge",
    "Line",
    "Relation",
    "Thread",
    "Tied",
    "downstream",
    "draw",
    "find_loop",
    "in_order",
    "thread_of",
    "upstream",
    "would_loop",
]
