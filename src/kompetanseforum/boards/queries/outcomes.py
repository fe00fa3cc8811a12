"""Reads: what the notes of a board have led to."""

from __future__ import annotations

from collections import defaultdict

from kompetanse.board import ItemKind
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.core.capability import Named, thread_steps
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.threads.models import Edge


def became_of(board: Board, viewer: Viewer) -> dict[str, list[Named]]:
    """Note → what it led to, as this viewer may see it: what it is, and its address."""
    notes = Item.objects.filter(board=board, kind=ItemKind.NOTE).values_list("public_id", flat=True)
    edges = list(Edge.objects.filter(upstream_kind="note", upstream_id__in=notes, taken_back_at=None).order_by("pk"))
    steps = thread_steps(viewer, list({edge.downstream for edge in edges}))
    found: dict[str, list[Named]] = defaultdict(list)
    for edge in edges:
        if step := steps.get(edge.downstream):
            found[edge.upstream_id].append(Named(label=str(step.kind), url=step.url))
    return found
