"""A thread of 500 steps in a forum with 20,000 other edges: its walk, its steps, its list and its drawing.

The steps are 480 needs in twenty challenges that lead to an offer, each with its words read as a visitor may read them.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.faults.server import in_the_forum

_FILL = """
from datetime import timedelta
from django.core.management import call_command
from django.utils import translation
call_command("prepare", verbosity=0)
from kompetanse.trace import Relation
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.offers.actions.registering import register_offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.threads.models import Edge
now, owner = clock.now(), duty_person()
place = Municipality.objects.filter(county_code="31").first()
firms = [add_organisation(name=f"Firma {n} AS", kind="workshop", sector="business", municipality=place) for n in range(60)]
needs = Need.objects.bulk_create(
    Need(owner=owner, next_answer_on=clock.today(), voiced_at=now - timedelta(days=400 - n % 300), waiting_since=now, changed_at=now)
    for n in range(480)
)
Voice.objects.bulk_create(
    Voice(need=need, organisation=firms[(n + m) % 60], words=f"Vi trenger {n} {m}", words_are_public=True, voiced_at=now)
    for n, need in enumerate(needs) for m in range(3)
)
challenges = Challenge.objects.bulk_create(
    Challenge(question=f"Hvordan kan vi {n}?", opened_at=now - timedelta(days=90)) for n in range(20)
)
offer = register_offer(content=Content(title="Loddekurs", provider="Skolen"), source="form", by=None)
def edge(up, down, relation):
    return Edge(upstream_kind=up.kind, upstream_id=up.id, downstream_kind=down.kind, downstream_id=down.id, relation=relation, at=now)
Edge.objects.bulk_create([
    *(edge(ref(need), ref(challenges[n % 20]), Relation.GATHERED_IN) for n, need in enumerate(needs)),
    *(edge(ref(challenge), ref(offer), Relation.ANSWERED_BY) for challenge in challenges),
])
from kompetanse.refs import Ref
Edge.objects.bulk_create(
    edge(Ref("other", str(n)), Ref("other", str(n + 1 + n % 7)), Relation.BECAME) for n in range(20_000)
)
print(offer.public_id)
"""
_MEASURE = """
import json, statistics, time
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from kompetanse.refs import Ref
from kompetanseforum.core.capability import thread_steps
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.threads.queries import edges_up, thread_for
from kompetanseforum.threads.views.drawing import picture_of
from kompetanseforum.threads.views.steps import drawn
from django.utils import translation
translation.activate("nb")
here = Ref("offer", %r)
def middle(what, repeats=15):
    what()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        what()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)
thread = thread_for(here, viewer=NOBODY)
steps = drawn(thread)
client = Client(headers={"host": "localhost"})
address = f"/trad/{here}"
assert client.get(address).content.decode().count("lane-row") >= 500
with CaptureQueriesContext(connection) as asked:
    thread_for(here, viewer=NOBODY)
with CaptureQueriesContext(connection) as on_page:
    client.get(address)
def cpu(what, repeats=15):
    times = []
    for _ in range(repeats):
        started = time.process_time()
        what()
        times.append(1000 * (time.process_time() - started))
    return statistics.median(times)
print(json.dumps({
    "steps": len(thread.steps),
    "edges": len(thread.edges),
    "thread.queries": len(asked),
    "page.queries": len(on_page),
    "walk_ms": middle(lambda: edges_up([here])),
    "thread_ms": middle(lambda: thread_for(here, viewer=NOBODY)),
    # What it costs when others use the machine too.
    "thread_cpu_ms": cpu(lambda: thread_for(here, viewer=NOBODY)),
    "page_cpu_ms": cpu(lambda: client.get(address)),
    "words_ms": middle(lambda: drawn(thread)),
    "drawing_ms": middle(lambda: picture_of(thread, steps)),
    "page_ms": middle(lambda: client.get(address)),
}))
"""


def run() -> dict[str, float]:
    """Times of the wall in milliseconds, the middle one of fifteen."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        offer = in_the_forum(_FILL, data=data).split()[-1]
        figures: dict[str, float] = json.loads(in_the_forum(_MEASURE % offer, data=data).splitlines()[-1])
    return figures
