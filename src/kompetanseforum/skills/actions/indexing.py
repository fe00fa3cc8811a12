"""Writes: the index of all concepts: asked for, on its way, live or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.skills.models import IndexState, LabelRevision, LinkingIndex
from kompetanseforum.skills.queries.indexing import FORMAT, index_under_way, revision


def ask_for_index(*, by: Ref | None, enqueue: Callable[[str], object]) -> LinkingIndex:
    """Put the building in the queue; asked twice, it is one."""
    with transaction.atomic():
        under_way = index_under_way()
        if under_way is not None:
            return under_way
        now = clock.now()
        index = LinkingIndex.objects.create(
            source=revision().source, format=FORMAT, by=str(by or ""), asked_at=now, changed_at=now
        )
        enqueue(index.public_id)
    return index


def note_building(index: LinkingIndex, *, done: int = 0, total: int = 0) -> None:
    LinkingIndex.objects.filter(pk=index.pk).update(
        state=IndexState.BUILDING, done=done, total=total, changed_at=clock.now()
    )


def end_building(
    index: LinkingIndex, *, concepts: int, figures: Mapping[str, float], before: Mapping[str, float], has_dropped: bool
) -> bool:
    """Let the index go live, unless it finds less than what is live. Returns whether it did."""
    with transaction.atomic():
        if not has_dropped:
            LinkingIndex.objects.filter(state=IndexState.LIVE).exclude(pk=index.pk).update(state=IndexState.PAST)
            LabelRevision.objects.filter(pk=1).update(index=index.public_id)
        LinkingIndex.objects.filter(pk=index.pk).update(
            state=IndexState.REFUSED if has_dropped else IndexState.LIVE,
            concepts=concepts,
            figures=dict(figures),
            before=dict(before),
            changed_at=clock.now(),
        )
    return not has_dropped


def fail_building(index: LinkingIndex, *, problem: str) -> None:
    LinkingIndex.objects.filter(pk=index.pk).update(
        state=IndexState.FAILED, problem=problem[:200], changed_at=clock.now()
    )
