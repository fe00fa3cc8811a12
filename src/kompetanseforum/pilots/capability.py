"""What pilots bring: their page under a need, their step in a thread, what was learnt, and the demo forum's pilots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.codesign.models import Change, Room
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.imports import demo_organisations
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import organisations_named
from kompetanseforum.pilots.actions import Plan, add_learnings, decide_pilot, forget_person, log_entry, start_pilot
from kompetanseforum.pilots.imports import DemoPilot, demo_pilots
from kompetanseforum.pilots.models import Decision, EntryKind, Pilot
from kompetanseforum.pilots.queries.copies import copy_about
from kompetanseforum.pilots.queries.learnings import learnings_for
from kompetanseforum.pilots.queries.shown import pilot_by_id, pilots_of, pilots_with_ids
from kompetanseforum.pilots.rules import may_start_pilot
from kompetanseforum.pilots.views.rows import DOTS, pilot_rows, told_of


def named(public_id: str) -> Named | None:
    pilot = pilot_by_id(public_id)
    if pilot is None:
        return None
    return Named(label=pilot.title, url=reverse("pilots:pilot", kwargs={"public_id": public_id}))


def tested_here(viewer: Viewer, thing: object) -> tuple[str, dict[str, object]] | None:
    """What tests a thing, on its own page, and for those who take part the way to try something. In a room also what
    pilots before have taught about the same."""
    learnt = learnings_for(thing) if isinstance(thing, Room) else []
    if isinstance(thing, Change):
        # A change in an offer is tried for the sake of the room it was proposed in.
        thing = thing.room
    if not isinstance(thing, Model):
        return None
    origin, may_start = ref(thing), may_start_pilot(viewer, None)
    rows = pilot_rows(pilots_of(origin))
    if not rows and not may_start and not learnt:
        return None
    context = {"rows": rows, "origin": str(origin), "may_start": may_start, "learnt": learnt}
    return "pilots/_tested_here.html", context


def try_it(viewer: Viewer, thing: object) -> tuple[str, dict[str, object]] | None:
    """Straight from an idea to a trial, where those who take part choose what becomes of it."""
    if not isinstance(thing, Model) or not may_start_pilot(viewer, None):
        return None
    return "pilots/_try_it.html", {"origin": str(ref(thing))}


def of_notes(viewer: Viewer, board: object) -> tuple[str, dict[str, object]] | None:
    """Among what the chosen notes on a board may become."""
    return ("pilots/_selection.html", {"board": board}) if may_start_pilot(viewer, None) else None


def steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """A pilot in a thread: a ring while it goes on, and a square of the same size when it was stopped."""
    found = {pilot.public_id: pilot for pilot in pilots_with_ids([one.id for one in refs])}
    return {one: _step(found[one.id]) for one in refs if one.id in found}


def _step(pilot: Pilot) -> Step:
    return Step(
        ref=ref(pilot),
        on=timezone.make_aware(datetime.combine(pilot.begins_on, time(12))),
        kind=_("Pilot"),
        title=pilot.title,
        url=reverse("pilots:pilot", kwargs={"public_id": pilot.public_id}),
        text=told_of(pilot),
        here=told_of(pilot),
        dot=DOTS[Decision(pilot.decision)] if pilot.decision else "ring",
        line="solid" if pilot.decision else "dashed",
    )


def demo() -> None:
    """What the invented schools and firms have tried, on the days they did."""
    people = {person.first_name.lower(): person for person in coordinators()}
    names = {row.key: row.name for row in demo_organisations()}
    known = organisations_named(list(names.values()))
    now = clock.now()
    for row in demo_pilots():
        # The needs' own demo has told those who asked already, so nobody is moved or told once more.
        by = Viewer(person=ref(people[row.by]), roles=frozenset({"participant"}))
        with clock.at(now - timedelta(days=max(row.begins_days_ago, 0) + 5)):
            plan = _plan(row, known[names[row.organisation]], now)
            pilot = start_pilot(plan=plan, by=by, origins=_origins(row))
        _go_through(row, pilot, by=by, now=now)


def _origins(row: DemoPilot) -> list[Ref]:
    rooms = Room.objects.filter(title=row.room) if row.room else []
    return [*(ref(_need_with(words)) for words in row.tests), *(ref(room) for room in rooms)]


def _need_with(words: str) -> Need:
    return Voice.objects.select_related("need").filter(words__contains=words).earliest("pk").need


def _plan(row: DemoPilot, organisation: Organisation, now: datetime) -> Plan:
    return Plan(
        title=row.title,
        hypothesis=row.hypothesis,
        smallest_test=row.smallest_test,
        who=row.who,
        stop_if=row.stop_if,
        organisation=organisation,
        begins_on=(now - timedelta(days=row.begins_days_ago)).date(),
        ends_on=(now - timedelta(days=row.ends_days_ago)).date(),
    )


def _go_through(row: DemoPilot, pilot: Pilot, *, by: Viewer, now: datetime) -> None:
    for entry in row.entry:
        then = now - timedelta(days=entry.days_ago)
        with clock.at(then):
            log_entry(pilot=pilot, words=entry.words, on=then.date(), by=by, kind=EntryKind(entry.kind))
    with clock.at(now - timedelta(days=row.decided_days_ago)):
        if row.decision:
            pilot.refresh_from_db()
            decision = Decision(row.decision)
            decide_pilot(pilot=pilot, decision=decision, why=row.decision_why, learnings=row.learnings, by=by)
        elif row.learnings:
            add_learnings(pilot=pilot, learnings=row.learnings, by=by)


CAPABILITY = Capability(
    app="pilots",
    title=_("Pilots"),
    ways=(Door(label=_("What is tried"), url_name="pilots:pilots", order=6),),
    refs={"pilot": named},
    panels_offered=("pilot.detail", "pilot.aside"),
    panels_filled={
        **dict.fromkeys(
            ("need.detail", "offer.detail", "challenge.detail", "brief.detail", "room.detail", "change.detail"),
            tested_here,
        ),
        "idea.next": try_it,
        "board.selection": of_notes,
    },
    thread_steps={"pilot": steps},
    personal_copy=copy_about,
    erase=forget_person,
    demo=demo,
    personal_data=(
        PersonalData(
            what=_("Who started a pilot, and who wrote which line in its log"),
            why=_("So that one can ask those who were there"),
            kept_for=_("Until you erase yourself on My page"),
        ),
    ),
)
