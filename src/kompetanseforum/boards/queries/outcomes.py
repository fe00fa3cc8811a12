"""Reads: what the notes of a board have led to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kompetanse.board import ItemKind
from kompetanse.refs import Ref
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """A thing that notes led to, and the words of those notes."""

    kind: str
    title: str
    url: str
    notes: tuple[str, ...]


def outcomes_on(board: Board, viewer: Viewer, words: Mapping[str, str]) -> list[Outcome]:
    """Each thing once, in the order they came to be. `words`: note → its words, of the notes that may be told of."""
    edges = Edge.objects.filter(upstream_kind="note", upstream_id__in=list(words), taken_back_at=None).order_by("pk")
    notes: dict[Ref, list[str]] = {}
    for edge in edges:
        notes.setdefault(edge.downstream, []).append(words[edge.upstream_id])
    steps = thread_steps(viewer, list(notes))
    return [
        Outcome(kind=str(step.kind), title=step.title, url=step.url, notes=tuple(notes[thing]))
        for thing in notes
        if (step := steps.get(thing))
    ]
