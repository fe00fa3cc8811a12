"""Writes: a pilot is started, changed and decided on; the needs it tests follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.boards.actions import tell_what_became
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import capital
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.actions import answer_need
from kompetanseforum.needs.models import CLOSED_STATES, Need, State
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.pilots.actions.logging import add_learnings
from kompetanseforum.pilots.facts import PilotChanged, PilotDecided, PilotStarted
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.queries.shown import needs_tested, pilot_by_sending_key
from kompetanseforum.pilots.rules import moves_needs
from kompetanseforum.threads.actions import tie


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be tried: what we believe, the smallest test of it, and what would make us stop."""

    title: str
    hypothesis: str
    smallest_test: str
    who: str
    begins_on: date
    stop_if: str
    ends_on: date | None = None
    organisation: Organisation | None = None


def start_pilot(
    *,
    plan: Plan,
    by: Viewer,
    origins: Iterable[Ref] = (),
    recipe_from: str = "",
    sending_key: str | None = None,
) -> Pilot:
    """A new pilot, tied to what it tests. Needs it tests are "being tried" from now on, and those who asked are told.

    The same `sending_key` again gives the pilot that is there. Raises WouldLoop.
    """
    if sending_key and (known := pilot_by_sending_key(sending_key)):
        return known
    try:
        with transaction.atomic():
            return _start(plan, by=by, origins=list(origins), recipe_from=recipe_from, sending_key=sending_key)
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := pilot_by_sending_key(sending_key)):
            return known
        raise


def start_pilot_of_notes(*, board: Board, notes: Sequence[Item], plan: Plan, by: Viewer, sending_key: str) -> Pilot:
    """A pilot that notes on a board became; each of them tells so. The same form again is the same pilot."""
    if known := pilot_by_sending_key(sending_key):
        return known
    with transaction.atomic():
        pilot = start_pilot(plan=plan, by=by, sending_key=sending_key)
        tell_what_became(board=board, notes=notes, thing=ref(pilot), by=by)
    return pilot


def _start(plan: Plan, *, by: Viewer, origins: Sequence[Ref], recipe_from: str, sending_key: str | None) -> Pilot:
    now, starter = clock.now(), the_person(by.person)
    pilot = Pilot(recipe_from=recipe_from, owner=starter, sending_key=sending_key, started_at=now, changed_at=now)
    _fill(pilot, plan)
    pilot.save()
    for origin in origins:
        tie(upstream=origin, downstream=ref(pilot), relation=Relation.TESTED_BY, by=by)
    publish(PilotStarted(pilot=ref(pilot)), by=by.actor, about=ref(pilot))
    if moves_needs(by):
        words = _("We try it at small scale now: %(title)s.") % {"title": plan.title}
        for need in needs_tested(pilot):
            _tell(need, by=starter, words=words, state=State.IN_PILOT, until=plan.ends_on)
    return pilot


def _fill(pilot: Pilot, plan: Plan) -> None:
    pilot.title, pilot.hypothesis, pilot.smallest_test = plan.title, plan.hypothesis, plan.smallest_test
    pilot.who, pilot.begins_on, pilot.ends_on = plan.who, plan.begins_on, plan.ends_on
    pilot.stop_if, pilot.organisation = plan.stop_if, plan.organisation


def _tell(need: Need, *, by: Person, words: str, state: State, until: date | None = None) -> None:
    """Those who asked hear of it as of any other answer, and when they hear next."""
    if need.state in CLOSED_STATES or need.held_reason:
        return
    soonest = clock.today() + timedelta(days=this_forum().answer_days)
    answer_need(
        need=need, by=by, words=words, state=state, next_answer_on=max(soonest, until or soonest), owner=need.owner
    )


def change_pilot(*, pilot: Pilot, plan: Plan, by: Viewer) -> None:
    with transaction.atomic():
        _fill(pilot, plan)
        pilot.changed_at = clock.now()
        pilot.save()
        publish(PilotChanged(pilot=ref(pilot)), by=by.actor, about=ref(pilot))


def decide_pilot(*, pilot: Pilot, decision: Decision, why: str, learnings: Sequence[str], by: Viewer) -> None:
    """Scale, adjust or stop, with the reason and what was learnt. A need whose trial stopped is under discussion again.

    Decided the same way again, nothing happens.
    """
    if (pilot.decision, pilot.decision_why) == (decision, why.strip()):
        return
    with transaction.atomic():
        pilot.decision, pilot.decision_why = decision, why.strip()
        pilot.decided_on, pilot.changed_at = clock.today(), clock.now()
        pilot.save()
        add_learnings(pilot=pilot, learnings=learnings, by=by)
        publish(PilotDecided(pilot=ref(pilot), decision=decision), by=by.actor, about=ref(pilot))
        if moves_needs(by):
            state = State.IN_DIALOGUE if decision == Decision.STOP else State.IN_PILOT
            for need in needs_tested(pilot):
                _tell(need, by=the_person(by.person), words=_said_of(pilot, learnings), state=state)


def _said_of(pilot: Pilot, learnings: Sequence[str]) -> str:
    """`Sveisekvelder: Stoppet, fordi … Vi lærte: …`"""
    told = _("%(title)s: %(decision)s, because %(why)s") % {
        "title": pilot.title,
        "decision": Decision(pilot.decision).label,
        "why": pilot.decision_why,
    }
    learnt = [_("We learnt: %(words)s") % {"words": words} for words in learnings]
    return " ".join(capital(part).rstrip(".") + "." for part in (told, *learnt))
