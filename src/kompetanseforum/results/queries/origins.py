"""Reads: what a result came from, near and far, and the results that came of something."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.results.models import Result
from kompetanseforum.results.queries.shown import results_with_ids
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import edges_down, edges_up, in_thread, straight_down


def came_from(thing: Ref) -> list[Ref]:
    """All that it came from, by what is recorded and stands."""
    return list(dict.fromkeys(edge.upstream for edge in edges_up([thing])))


def results_below(thing: Ref) -> list[Result]:
    """Published ones that came of it, itself among them."""
    ends = {thing, *(edge.downstream for edge in edges_down([thing]))}
    ids = [one.id for one in ends if one.kind == "result"]
    return list(Result.objects.filter(public_id__in=ids).exclude(published_at=None)) if ids else []


def _contributed(**of: object) -> Iterable[Edge]:
    return Edge.objects.filter(
        relation=Relation.CONTRIBUTED_TO, downstream_kind="result", taken_back_at=None, **of
    ).order_by("pk")


def results_of_many(kind: str, ids: Iterable[str]) -> dict[str, list[Result]]:
    """Id of what contributed → its published results, the newest first; two queries for all."""
    edges = list(_contributed(upstream_kind=kind, upstream_id__in=list(ids)))
    near = results_with_ids([edge.downstream_id for edge in edges])
    results = {result.public_id: result for result in near if result.published_at is not None}
    found: dict[str, list[Result]] = {}
    for edge in edges:
        if edge.downstream_id in results:
            found.setdefault(edge.upstream_id, []).append(results[edge.downstream_id])
    return {key: sorted(rows, key=lambda row: row.on, reverse=True) for key, rows in found.items()}


def results_of(thing: Ref) -> list[Result]:
    """Published ones that it contributed to straight, the newest first; read with the others of its thread."""
    straight = set(straight_down(thing, relation=Relation.CONTRIBUTED_TO, kind="result"))
    near = results_with_ids(in_thread(thing, kind="result")) if straight else []
    found = [one for one in near if one.public_id in straight and one.published_at is not None]
    return sorted(found, key=lambda one: (one.on, one.pk), reverse=True)


def origins_of_many(ids: Iterable[str]) -> dict[str, list[Ref]]:
    """Id of a result → what contributed to it straight; one query for all."""
    found: dict[str, list[Ref]] = {}
    for edge in _contributed(downstream_id__in=list(ids)):
        found.setdefault(edge.downstream_id, []).append(edge.upstream)
    return found
