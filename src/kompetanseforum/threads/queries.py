"""Reads: a thing's thread up and down, and each of its steps as the one who asks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from kompetanse.refs import Ref
from kompetanse.trace import Relation, in_order
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.capability import Step, thread_steps
from kompetanseforum.core.counted import once_a_page
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.threads.models import Edge

# A longer thread is cut off at its far ends.
MOST_EDGES = 2000

# One query on SQLite and on PostgreSQL alike. UNION takes each edge once, so that it ends even in a loop; both walk
# level by level, so that a cut falls at the far end. The names in it are ours alone; what is asked for is a parameter.
_WALK = """
{name}(edge, kind, thing) AS (
  SELECT id, {to}_kind, {to}_id FROM threads_edge WHERE taken_back_at IS NULL AND ({starts})
  UNION
  SELECT next.id, next.{to}_kind, next.{to}_id FROM {name}
  JOIN threads_edge next ON next.{start}_kind = {name}.kind AND next.{start}_id = {name}.thing
  WHERE next.taken_back_at IS NULL
)
"""
# Name of the walk → from which end of an edge it comes, and to which it goes.
_UP, _DOWN = {"up": ("downstream", "upstream")}, {"down": ("upstream", "downstream")}


class StandingEdge(NamedTuple):
    """An edge as a walk finds it. No row: a long thread has hundreds."""

    upstream: Ref
    downstream: Ref
    relation: str
    # Ref text of who said so.
    by: str
    at: datetime
    why: str
    public_id: str
    pk: int


def edges_up(starts: Sequence[Ref]) -> list[StandingEdge]:
    """All edges that a walk from these to what they came from passes."""
    return _walk(starts, _UP)


def edges_down(starts: Sequence[Ref]) -> list[StandingEdge]:
    """All edges that a walk from these to what they became passes."""
    return _walk(starts, _DOWN)


def edges_around(starts: Sequence[Ref]) -> list[StandingEdge]:
    """Both, in one query."""
    return _walk(starts, _UP | _DOWN)


def edges_of(thing: Ref) -> list[StandingEdge]:
    """Its thread up and down; the parts of a page that ask for it ask once."""
    return once_a_page(f"threads.edges:{thing}", lambda: edges_around([thing]))


def straight_down(thing: Ref, *, relation: Relation, kind: str) -> list[str]:
    """Ids of those of a kind that it led to without anything between, in the order they were tied."""
    found = (edge for edge in edges_of(thing) if edge.upstream == thing and edge.relation == relation)
    return [edge.downstream.id for edge in sorted(found, key=lambda edge: edge.pk) if edge.downstream.kind == kind]


def straight_up(thing: Ref, *, relation: Relation) -> list[Ref]:
    """What it came from without anything between, in the order they were tied."""
    return [edge.upstream for edge in ties_up(thing, relation=relation)]


def ties_up(thing: Ref, *, relation: Relation) -> list[StandingEdge]:
    """The same, with who tied it and why."""
    found = (edge for edge in edges_of(thing) if edge.downstream == thing and edge.relation == relation)
    return sorted(found, key=lambda edge: edge.pk)


def in_thread(thing: Ref, *, kind: str) -> list[str]:
    """Ids of all of a kind in its thread: whoever reads one of them for a page may read them all at once."""
    ends = (end for edge in edges_of(thing) for end in (edge.upstream, edge.downstream))
    return list(dict.fromkeys(end.id for end in ends if end.kind == kind))


def _walk(starts: Sequence[Ref], ways: Mapping[str, tuple[str, str]]) -> list[StandingEdge]:
    if not starts:
        return []
    walks, found = [], []
    for name, (start, to) in ways.items():
        asked = " OR ".join([f"({start}_kind = %s AND {start}_id = %s)"] * len(starts))
        walks.append(_WALK.format(name=name, start=start, to=to, starts=asked))
        found.append(f"SELECT * FROM (SELECT edge FROM {name} LIMIT {MOST_EDGES}) {name}_found")  # noqa: S608 our names
    passed = RawSQL(  # noqa: S611 our names; what is asked for is a parameter
        f"WITH RECURSIVE {', '.join(walks)} {' UNION '.join(found)}",
        [part for _ in ways for one in starts for part in (one.kind, one.id)],
    )
    fields = ("upstream_kind", "upstream_id", "downstream_kind", "downstream_id", "relation", "by", "at", "why")
    rows = Edge.objects.filter(pk__in=passed).values_list(*fields, "public_id", "pk")
    return [StandingEdge(Ref(*row[:2]), Ref(*row[2:4]), *row[4:]) for row in rows]


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
    edges: tuple[StandingEdge, ...]
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


def thread_for(
    here: Ref,
    *,
    viewer: Viewer,
    also: Sequence[Ref] = (),
    own: Sequence[Step] = (),
    step: Step | None = None,
    read: Mapping[Ref, Step] | None = None,
) -> ShownThread:
    """The thread of `here`. `also`: things that became one with it; `own`: what its page tells beside the edges;
    `step`: its own, from a page that has it already; `read`: others that are read already.

    One query for the edges, and for the steps what each kind among them needs: no more for many than for one.
    """
    edges = edges_around([here, *also]) if also else edges_of(here)
    names = list(dict.fromkeys([here, *(end for edge in edges for end in (edge.upstream, edge.downstream))]))
    known = {**(read or {})} | ({here: step} if step else {})
    seen = known | thread_steps(viewer, [name for name in names if name not in also and name not in known])
    if here in seen and seen[here].ref != here:  # it became one with another, whose thread is its own
        return thread_for(seen[here].ref, viewer=viewer, also=[*also, here], own=own, read=_by_their_own_names(seen))
    if became_one := [name for name, step in seen.items() if step.ref == here != name]:
        read = _by_their_own_names(seen)
        return thread_for(here, viewer=viewer, also=[*also, *became_one], own=own, step=step, read=read)
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
        is_cut=len(edges) >= MOST_EDGES,
    )


def _by_their_own_names(seen: Mapping[Ref, Step]) -> dict[Ref, Step]:
    return {step.ref: step for step in seen.values()}


def _dates_of_hidden(edges: Iterable[StandingEdge], places: Mapping[Ref, Ref]) -> dict[Ref, datetime]:
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
