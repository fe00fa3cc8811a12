"""Whatever is withdrawn, held, merged, cancelled, ended or deleted, a thread has a step for each thing that was in it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db.models import Model

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanse.trace import thread_of as library_thread
from kompetanseforum.accounts.models import Person
from kompetanseforum.challenges.actions import close_challenge, open_challenge
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import cancel_meeting
from kompetanseforum.ideas.actions import say_idea, withdraw_idea
from kompetanseforum.ideas.models import Idea
from kompetanseforum.needs.actions import CannotMergeError, merge_needs, withdraw_voice
from kompetanseforum.needs.models import HeldReason, Need
from kompetanseforum.offers.actions.registering import end_offer
from kompetanseforum.threads.actions import WouldLoop, tie
from kompetanseforum.threads.models import Edge
from kompetanseforum.threads.queries import ShownThread, thread_for
from tests.events.test_meetings import a_meeting
from tests.threads.test_shown import CANARY, a_need, an_offer

pytestmark = pytest.mark.django_db


def made(number: int) -> list[Model]:
    """One of each, in the order a thread usually has them."""
    return [
        a_meeting(f"Møte {number}"),
        say_idea(words=f"{CANARY} idé {number}", language="nb", by=NOBODY),
        a_need(f"{CANARY} behov {number}"),
        open_challenge(question=f"Hvordan kan vi {number}?", about="", cycle=None, by=NOBODY),
        an_offer(f"Tilbud {number}"),
    ]


def harm(thing: Model, others: list[Model], rng: random.Random, by: Person) -> None:
    """What may happen to it: gone in one way or another."""
    ways: list[Callable[[], object]] = [thing.delete]
    kind = thing._meta.model_name
    if isinstance(thing, Need):
        other = next(one for one in others if isinstance(one, Need) and one != thing)
        ways += [
            lambda: [withdraw_voice(voice=voice, by=None) for voice in thing.voices.all()],
            lambda: Need.objects.filter(pk=thing.pk).update(held_reason=HeldReason.TRAP),
            lambda: merge_needs(kept=other, merged=thing, by=by),
        ]
    elif isinstance(thing, Idea):
        ways += [lambda: withdraw_idea(thing, by=NOBODY)]
    elif kind == "meeting":
        ways += [lambda: cancel_meeting(thing, by=NOBODY)]  # type: ignore[arg-type]
    elif kind == "challenge":
        ways += [lambda: close_challenge(thing, words="Stoppet", by=NOBODY)]  # type: ignore[arg-type]
    elif kind == "offer":
        ways += [lambda: end_offer(offer=thing, by=None)]  # type: ignore[arg-type]
    with suppress(CannotMergeError):
        rng.choice(ways)()


def counted(thread: ShownThread) -> int:
    return sum(one.hidden or 1 for one in thread.steps)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.slow
def test_a_thread_is_never_broken_silently(forum: object, person: Person, coordinator: Viewer, seed: int) -> None:
    rng = random.Random(seed)
    things = [thing for number in range(3) for thing in made(number)]
    for _ in range(30):
        before, after = rng.sample(things, 2)
        with suppress(WouldLoop):
            tie(upstream=ref(before), downstream=ref(after), relation=rng.choice(list(Relation)), by=NOBODY)
    names = {thing: ref(thing) for thing in things}
    edges = list(Edge.objects.all())
    harmed = rng.sample(things, 7)
    for thing in harmed:
        harm(thing, things, rng, person)
    withdrawn = {
        str(Ref("idea", one)) for one in Idea.objects.exclude(withdrawn_at=None).values_list("public_id", flat=True)
    }
    for name in names.values():
        known = library_thread(edges, name).names
        if len(known) < 2:  # nothing hangs on it
            continue
        for viewer in (NOBODY, coordinator):
            thread = thread_for(name, viewer=viewer)
            # Merging adds an edge, and lets two be one: never are there fewer places than there were things.
            places = {thread.places[one] for one in known}
            assert places <= {one.ref for one in thread.steps}
            assert counted(thread) >= len(places)
            told = str([one.step for one in thread.steps if one.step and str(one.ref) in withdrawn])
            assert CANARY not in told
