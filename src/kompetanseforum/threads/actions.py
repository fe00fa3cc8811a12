"""Writes: this led to that, and it did not after all."""

from __future__ import annotations

from django.db import connection, transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation, would_loop
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.threads.facts import ThingsTied, ThingsUntied
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import edges_down, standing_edge

# Any number that nothing else in the forum locks by.
_LOCK = 4_011_010
# What stands where an erased person stood.
_NOBODY_NOW = "person:erased"


class WouldLoop(ValueError):
    """The tie would make a thing come after itself."""


@transaction.atomic
def tie(*, upstream: Ref, downstream: Ref, relation: Relation, by: Viewer, why: str = "") -> None:
    """`downstream` came after `upstream`. Tied already: nothing happens. Raises WouldLoop, with nothing written."""
    _one_at_a_time()
    if standing_edge(upstream=upstream, downstream=downstream, relation=relation) is not None:
        return
    if would_loop(edges_down([downstream]), upstream=upstream, downstream=downstream):
        raise WouldLoop(f"{downstream} led to {upstream}")
    Edge.objects.create(
        upstream_kind=upstream.kind,
        upstream_id=upstream.id,
        downstream_kind=downstream.kind,
        downstream_id=downstream.id,
        relation=relation,
        by=_actor(by),
        at=clock.now(),
        why=why.strip()[:500],
    )
    publish(ThingsTied(upstream, downstream, str(relation)), by=by.actor, about=downstream)


@transaction.atomic
def untie(*, upstream: Ref, downstream: Ref, relation: Relation, by: Viewer, why: str = "") -> None:
    """It did not; the row stays and says who took it back. Not tied: nothing happens."""
    _one_at_a_time()
    edge = standing_edge(upstream=upstream, downstream=downstream, relation=relation)
    if edge is None:
        return
    edge.taken_back_at, edge.taken_back_by, edge.taken_back_why = clock.now(), _actor(by), why.strip()[:500]
    edge.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    publish(ThingsUntied(upstream, downstream, str(relation)), by=by.actor, about=downstream)


def _actor(viewer: Viewer) -> str:
    return str(viewer.actor) if viewer.actor else ""


def _one_at_a_time() -> None:
    """Two ties made at once could make a loop that neither sees. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def forget_person(erasure: Erasure) -> None:
    """The ties stay, and nothing says who made them."""
    Edge.objects.filter(by=str(erasure.person)).update(by=_NOBODY_NOW)
    Edge.objects.filter(taken_back_by=str(erasure.person)).update(taken_back_by=_NOBODY_NOW)
