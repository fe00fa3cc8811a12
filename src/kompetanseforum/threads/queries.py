"""Reads: a thing's thread up and down, and each of its steps as the one who asks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kompetanse.refs import Ref
from kompetanse.trace import in_order
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.capability import Step, thread_steps
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.threads.models import Edge

# A longer thread is cut off at its far ends.
MOST_EDGES = 2000

# One query on SQLite and on PostgreSQL alike. UNION takes each edge once, so that it ends even in a loop; both walk
# level by level, so that a cut falls at the far end. The names in it are ours alone; what is asked for is a parameter.
_WALK = """
WITH RECURSIVE walk(edge, kind, thing) AS (
  SELECT id, {to}_kind, {to}_id FROM threads_edge WHERE taken_back_at IS NULL AND ({starts})
  UNION
  SELECT next.id, next.{to}_kind, next.{to}_id FROM walk
  JOIN threads_edge next ON next.{start}_kind = walk.kind AND next.{start}_id = walk.thing
  WHERE next.taken_back_at IS NULL
)
SELECT threads_edge.* FROM threads_edge JOIN (SELECT edge FROM walk LIMIT {most}) found ON found.edge = threads_edge.id
"""


def edges_up(starts: Sequence[Ref]) -> list[Edge]:
    """All edges that a walk from these to what they came from passes."""
    return _walk(starts, start="downstream", to="upstream")


def edges_down(starts: Sequence[Ref]) -> list[Edge]:
    """All edges that a walk from these to what they became passes."""
    return _walk(starts, start="upstream", to="downstream")


def _walk(starts: Sequence[Ref], *, start: str, to: str) -> list[Edge]:
    if not starts:
        return []
    asked = " OR ".join([f"({start}_kind = %s AND {start}_id = %s)"] * len(starts))
    query = _WALK.format(start=start, to=to, starts=asked, most=MOST_EDGES)
    return list(Edge.objects.raw(query, [part for one in starts for part in (one.kind, one.id)]))


def standing_edge(*, upstream: Ref, downstream: Ref, relation: str) -> Edge | None:
    return Edge.objects.filter(
        upstream_kind=upstream.kind,
        upstream_id=upstream.id,
        downstream_kind=downstream.kind,
        downstream_id=downstream.id,
        relation=relation,
        taken_back_at=None,
    ).first()


@dataclass(frozen=True, slots=True)
class Link:
    upstream: Ref
    downstream: Ref


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step of a thread and where it stands in it."""

    ref: Ref
    # None for what this viewer may not see, and for what is taken away: then nothing of it is told but that it was.
    step: Step | None
    is_here: bool = False
    # So many such things in a row are one step.
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread as one viewer may see it, in the order it is read."""

    here: Ref
    steps: tuple[PlacedStep, ...]
    edges: tuple[Edge, ...]
    # The ends of the edges → where they stand now: of things that became one, the one.
    places: Mapping[Ref, Ref]
    is_cut: bool

    @property
    def shown_here(self) -> Step | None:
        return next((one.step for one in self.steps if one.is_here), None)

    @property
    def links(self) -> list[Link]:
        """Each edge between the steps that its ends stand in; what became one is no edge."""
        ends = [Link(self.places[edge.upstream], self.places[edge.downstream]) for edge in self.edges]
        return [link for link in dict.fromkeys(ends) if link.upstream != link.downstream]

    @property
    def is_alone(self) -> bool:
        """Nothing led to it, and it has led to nothing."""
        return len(self.steps) < 2


def thread_for(here: Ref, *, viewer: Viewer, also: Sequence[Ref] = (), own: Sequence[Step] = ()) -> ShownThread:
    """The thread of `here`. `also`: things that became one with it; `own`: what its page tells beside the edges.

    Two queries for the edges, and for the steps what each kind among them needs: no more for many than for one.
    """
    starts = [here, *also]
    up, down = edges_up(starts), edges_down(starts)
    edges = list({edge.pk: edge for edge in (*up, *down)}.values())
    names = list(dict.fromkeys([here, *(end for edge in edges for end in (edge.upstream, edge.downstream))]))
    seen = thread_steps(viewer, [name for name in names if name not in also])
    if became_one := [name for name, step in seen.items() if step.ref == here != name]:
        return thread_for(here, viewer=viewer, also=[*also, *became_one], own=own)
    places = {name: here if name in also else seen[name].ref if name in seen else name for name in names}
    shown = {step.ref: step for step in seen.values()}
    told = {Ref("told", str(number)): step for number, step in enumerate(own)}
    links = [Link(places[edge.upstream], places[edge.downstream]) for edge in edges]
    links += [Link(here, name) for name in told]
    dates = _dates_of_hidden(edges, places) | {name: step.on for name, step in (shown | told).items()}
    order = in_order(dates, links)
    steps, stands_in = _hidden_as_one(
        [PlacedStep(name, (shown | told).get(name), is_here=name == here) for name in order]
    )
    return ShownThread(
        here=here,
        steps=tuple(steps),
        edges=tuple(edges),
        places={name: stands_in.get(place, place) for name, place in places.items()},
        is_cut=MOST_EDGES in (len(up), len(down)),
    )


def _dates_of_hidden(edges: Iterable[Edge], places: Mapping[Ref, Ref]) -> dict[Ref, datetime]:
    """When it was first tied to anything: all there is to go by for what may not be seen."""
    dates: dict[Ref, datetime] = {}
    for edge in edges:
        for end in (places[edge.upstream], places[edge.downstream]):
            dates[end] = min(edge.at, dates.get(end, edge.at))
    return dates


def _hidden_as_one(placed: Iterable[PlacedStep]) -> tuple[list[PlacedStep], dict[Ref, Ref]]:
    """The steps, and which of them a hidden name stands in now."""
    steps: list[PlacedStep] = []
    stands_in: dict[Ref, Ref] = {}
    for one in placed:
        is_hidden = one.step is None and not one.is_here
        if is_hidden and steps and steps[-1].hidden:
            steps[-1] = replace(steps[-1], hidden=steps[-1].hidden + 1)
            stands_in[one.ref] = steps[-1].ref
        else:
            steps.append(replace(one, hidden=int(is_hidden)))
    return steps, stands_in


def edge_by_id(public_id: str) -> Edge | None:
    """One that stands."""
    return Edge.objects.filter(public_id=public_id, taken_back_at=None).first()


def threads_tied_by(person: Ref) -> list[Edge]:
    return list(Edge.objects.filter(by=str(person)).order_by("at", "pk"))


def names_of_actors(actors: Iterable[str]) -> dict[str, str]:
    """Ref text of people → their names; one query."""
    ids = {actor.removeprefix("person:") for actor in actors if actor.startswith("person:")}
    people = Person.objects.filter(public_id__in=ids).values_list("public_id", "name") if ids else ()
    return {str(Ref("person", public_id)): name for public_id, name in people}


def tied_up(downstream: Ref, *, relation: str) -> list[Ref]:
    """What stands right above it in that relation, in the order it was tied."""
    rows = Edge.objects.filter(
        downstream_kind=downstream.kind, downstream_id=downstream.id, relation=relation, taken_back_at=None
    )
    return [edge.upstream for edge in rows.order_by("at", "pk")]
