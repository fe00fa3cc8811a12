"""The loop in a county that has used the forum for two years: what each page of it asks of the database, and takes.

5,000 needs with 40,000 voices, 800 pilots, 600 results, 200,000 facts, and threads from one end to the other. On
SQLite; on PostgreSQL when KF_DATABASE_URL names an empty database. KF_BENCH_SCALE=0.1 makes a tenth of it.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from tests.faults.server import in_the_forum

SCALE = float(os.environ.get("KF_BENCH_SCALE", "1"))
DATABASE = os.environ.get("KF_DATABASE_URL", "")

_FILL = """
import random
from datetime import timedelta
from django.core.management import call_command
call_command("prepare", verbosity=0)
from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.anchoring.models import State as Anchored
from kompetanseforum.briefs.models import Brief, BriefAnswer, BriefNeed, Recipient
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.codes.models import Municipality
from kompetanseforum.codesign.models import Agreement, Change, Participant, Room
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.events.models import Meeting
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.ideas.models import Idea
from kompetanseforum.needs.actions.filing import file_if_never_filed
from kompetanseforum.needs.models import Answer, Need, State, Voice
from kompetanseforum.offers.actions.registering import register_offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.models import Organisation, SizeClass
from kompetanseforum.pilots.models import Decision, Entry, Learning, Pilot
from kompetanseforum.results.models import Confirmation, Evidence, Kind, Result
from kompetanseforum.skills.models import Concept, SkillLink
from kompetanseforum.threads.models import Edge
assert not Need.objects.exists(), "the database is not empty"
rng, scale = random.Random(4), %(scale)r
def some(number):
    return max(4, int(number * scale))
now = clock.now()
def ago(days):
    return now - timedelta(days=days)
def any_day():
    return ago(rng.randrange(1, 700))
owner = add_person(name="Ingrid Aasgaard", email="ingrid@forum.example")
give_role(person=owner, role=Role.COORDINATOR)
places = list(Municipality.objects.filter(county_code="31"))
skills = list(Concept.objects.filter(kind="skill").order_by("pk")[:300])
firms = Organisation.objects.bulk_create(
    Organisation(name=f"Firma {n} AS", sector="education" if n %% 40 == 0 else "business", municipality=rng.choice(places),
                 size=rng.choice(SizeClass.values), registered_at=now) for n in range(some(4000)))
schools = [firm for firm in firms if firm.sector == "education"]
states = [State.HEARD, State.IN_DIALOGUE, State.BRIEFED, State.ANSWERED, State.IN_PILOT, State.MET, State.NOT_MET]
def need():
    at = any_day()
    return Need(owner=owner, state=rng.choice(states), next_answer_on=(now + timedelta(days=rng.randrange(-9, 14))).date(),
                voiced_at=at, waiting_since=at, changed_at=at)
needs = Need.objects.bulk_create([need() for _ in range(some(5000))], batch_size=1000)
voices = Voice.objects.bulk_create([
    Voice(need=one, organisation=firm, words=f"Vi trenger {one.pk} som kan {n}", people=2, words_are_public=n %% 2 == 0,
          is_confirmed=True, voiced_at=one.voiced_at)
    for one in needs for n, firm in enumerate(rng.sample(firms, min(len(firms), 8)))], batch_size=1000)
SkillLink.objects.bulk_create([
    SkillLink(subject_kind="voice", subject_id=voice.public_id, whole_kind="need", whole_id=voice.need.public_id, concept=skill,
              causes=[[3, 10]], cause_words=["trenger"], score=0.9, polarity="need", origin="machine", linked_at=voice.voiced_at)
    for voice in voices for skill in rng.sample(skills, 2)], batch_size=1000)
Answer.objects.bulk_create([
    Answer(need=one, words="Vi spør skolen.", state=one.state, next_answer_on=one.next_answer_on, at=one.voiced_at, by=owner)
    for one in needs for _ in range(2)], batch_size=1000)
edges = []
def tie(up, down, relation):
    edges.append(Edge(upstream_kind=up.kind, upstream_id=up.id, downstream_kind=down.kind, downstream_id=down.id,
                      relation=relation, by=str(ref(owner)), at=any_day()))
meetings = Meeting.objects.bulk_create(Meeting(title=f"Samling {n}", starts_at=any_day(), called_at=now) for n in range(some(300)))
ideas = Idea.objects.bulk_create(Idea(words=f"Vi kunne prøve {n}", had_at=any_day()) for n in range(some(500)))
challenges = Challenge.objects.bulk_create(
    Challenge(question=f"Hvordan kan vi {n}?", opened_at=any_day(), closed_at=now if n %% 4 == 0 else None) for n in range(some(200)))
TeamMember.objects.bulk_create(
    TeamMember(challenge=one, organisation=firm, sector=firm.sector, joined_at=now) for one in challenges for firm in rng.sample(firms, 4))
for one in needs:
    if rng.random() < 0.2:
        tie(ref(rng.choice(meetings)), ref(one), Relation.RAISED_IN)
    if rng.random() < 0.4:
        tie(ref(one), ref(rng.choice(challenges)), Relation.GATHERED_IN)
briefs = Brief.objects.bulk_create(
    Brief(title=f"Kurs {n}", state="sent", people=12, level=4, hours_per_week=6, starts_by=now.date(), delivery=["place"],
          languages=["no"], payer="employers", place=rng.choice(places), owner=owner, made_at=any_day(), changed_at=now, sent_at=any_day())
    for n in range(some(400)))
bundled = [(brief, one) for brief in briefs for one in rng.sample(needs, 4)]
BriefNeed.objects.bulk_create(BriefNeed(brief=brief, need=one, position=n) for n, (brief, one) in enumerate(bundled))
for brief, one in bundled:
    tie(ref(one), ref(brief), Relation.ORDERED_BY)
asked = Recipient.objects.bulk_create(
    Recipient(brief=brief, organisation=school, link_hash=new_public_id(), asked_at=now, told_at=now)
    for brief in briefs for school in rng.sample(schools, min(3, len(schools))))
for recipient, answer in zip(asked, BriefAnswer.objects.bulk_create(
        BriefAnswer(recipient=one, kind="adapt", words="på kveldstid", at=now) for one in asked), strict=True):
    recipient.last_answer = answer
Recipient.objects.bulk_update(asked, ["last_answer"], batch_size=500)
offers = [register_offer(content=Content(title=f"Kurs {n}", provider=schools[n %% len(schools)].name), source="form", by=None) for n in range(some(200))]
rooms = Room.objects.bulk_create(
    Room(title=f"Nytt tilbud {n}", brief=rng.choice(briefs), offer=rng.choice(offers), educator=rng.choice(schools), link_hash=new_public_id(),
         opened_at=any_day(), changed_at=now) for n in range(some(200)))
people = Participant.objects.bulk_create(
    Participant(room=room, name=f"Per {n}", sector=sector, joined_at=now) for n, room in enumerate(rooms)
    for sector in ("business", "education", "student"))
changes = Change.objects.bulk_create(
    Change(room=room, part=part, proposal=f"Forslag {n}", state="agreed" if n == 0 else "proposed", made_at=now, changed_at=now)
    for room in rooms for part in ("content", "structure", "method") for n in range(3))
in_room = {}
for one in people:
    in_room.setdefault(one.room_id, []).append(one)
Agreement.objects.bulk_create(Agreement(change=one, participant=person, at=now) for one in changes for person in in_room[one.room_id][:2])
for room in rooms:
    tie(ref(room.brief), ref(room), Relation.ANSWERED_BY)
def pilot(n):
    decision = rng.choice(["", *Decision.values])
    day = any_day().date()
    return Pilot(title=f"Forsøk {n}", hypothesis="Hvis kveld, kommer de.", smallest_test="To kvelder", who="Seks fra tre verksteder", stop_if="Ingen kommer",
                 begins_on=day, ends_on=day + timedelta(days=30), decision=decision, decision_why="det gikk", decided_on=day if decision else None,
                 organisation=rng.choice(schools), owner=owner, started_at=any_day(), changed_at=any_day())
pilots = Pilot.objects.bulk_create([pilot(n) for n in range(some(800))])
Learning.objects.bulk_create(
    Learning(pilot=one, words=f"Vi lærte {n}", searchable=f"vi lærte {n}", at=now) for one in pilots for n in range(2))
Entry.objects.bulk_create(Entry(pilot=one, words=f"Vi så {n}", on=now.date(), by=owner, at=now) for one in pilots for n in range(5))
for n, one in enumerate(pilots):
    tie(ref(rng.choice(ideas)) if n %% 5 == 0 else ref(rng.choice(rooms)) if n %% 5 == 1 else ref(rng.choice(needs)), ref(one), Relation.TESTED_BY)
anchored = Anchoring.objects.bulk_create(
    Anchoring(organisation=rng.choice(schools), about_kind="pilot", about_id=one.public_id, what=f"Vi fører videre {n}", state=rng.choice(Anchored.values),
              until=(now + timedelta(days=rng.randrange(-50, 400))).date(), is_public=n %% 2 == 0, recorded_by=owner, recorded_at=any_day(), changed_at=any_day())
    for n, one in enumerate(rng.sample(pilots, len(pilots) // 2)))
for one in anchored:
    tie(Ref("pilot", one.about_id), ref(one), Relation.ANCHORED_BY)
results = Result.objects.bulk_create(
    Result(what=f"Skolen endret {n}", who="Skolen", organisation=rng.choice(schools), on=any_day().date(), kind=rng.choice(Kind.values), good_for=["firms"],
           contribution="To bedrifter spurte", also_because="Ny lov" if n %% 2 else "", recorded_by=owner, published_at=now if n %% 10 else None,
           recorded_at=now, changed_at=now) for n in range(some(600)))
Confirmation.objects.bulk_create(
    Confirmation(result=one, role="en rektor", secret_hash=new_public_id(), asked_at=now, expires_at=now, reply="yes", replied_at=now) for one in results[::2])
Evidence.objects.bulk_create(Evidence(result=one, title="Planen", url="https://skole.example/plan", at=now) for one in results[::3])
for one in results:
    tie(ref(rng.choice(pilots)), ref(one), Relation.CONTRIBUTED_TO)
# One thread of 500 steps, that all led to one pilot: these needs, and what they came from.
whole, gathering = pilots[0], challenges[:20]
for n in range(min(195, len(needs))):
    tie(ref(needs[n]), ref(gathering[n %% len(gathering)]), Relation.GATHERED_IN)
for one in gathering:
    tie(ref(one), ref(whole), Relation.TESTED_BY)
Edge.objects.bulk_create(edges, batch_size=1000, ignore_conflicts=True)
FactRow.objects.bulk_create([
    FactRow(name="NeedVoiced", about_kind="need", about_id=rng.choice(needs).public_id, actor=str(ref(owner)), content={}, at=any_day())
    for _ in range(some(200000))], batch_size=5000)
file_if_never_filed()
"""
_MEASURE = """
import json, statistics, time
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation
from kompetanseforum.anchoring.models import Anchoring
from kompetanseforum.briefs.models import Brief
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.codesign.models import Change, Room
from kompetanseforum.core.memory import keep_for_good
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.core.refs import ref
from kompetanseforum.events.models import Meeting
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.ideas.models import Idea
from kompetanseforum.insight.actions import ask_for_report
from kompetanseforum.insight.jobs import make_report
from kompetanseforum.insight.models import MadeReport
from kompetanseforum.insight.queries.report import last_half_year, report_of
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.queries import kinds
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.results.models import Result
from kompetanseforum.threads.queries import thread_for
connection.cursor().execute("ANALYZE")
def each(model, name, most=30, **of):
    rows = model.objects.filter(**of).order_by("public_id")[:most]
    return [reverse(name, kwargs={"public_id": one.public_id}) for one in rows]
pages = {
    "needs": [reverse("needs:needs"), reverse("needs:needs") + "?side=2"], "owed": [reverse("needs:owed")],
    "need": each(Need, "needs:need"),
    "challenges": [reverse("challenges:challenges")], "challenge": each(Challenge, "challenges:challenge"),
    "briefs": [reverse("briefs:briefs")], "brief": each(Brief, "briefs:brief"),
    "rooms": [reverse("codesign:rooms")], "room": each(Room, "codesign:room"), "change": each(Change, "codesign:change"),
    "pilots": [reverse("pilots:pilots"), reverse("pilots:pilots") + "?side=5"], "pilot": each(Pilot, "pilots:pilot"),
    "learnings": [reverse("pilots:learnings"), reverse("pilots:learnings") + "?q=lærte"],
    "anchorings": [reverse("anchoring:anchorings")], "anchoring": each(Anchoring, "anchoring:anchoring", is_public=True),
    "results": [reverse("results:results"), reverse("results:results") + "?side=9"],
    "result": each(Result, "results:result", published_at__isnull=False),
    "threads": [reverse("insight:threads")], "report": [reverse("insight:report")],
    "meetings": [reverse("events:meetings")], "meeting": each(Meeting, "events:meeting"),
    "ideas": [reverse("ideas:ideas")], "idea": each(Idea, "ideas:idea"),
    "thread": [f"/trad/{ref(one)}" for one in Need.objects.order_by("public_id")[:30]],
}
house = {
    "desk": ["/skrivebord"], "minutes": [reverse("minutes:all")],
    "leader_page": each(Anchoring, "anchoring:for_leader"),
}
stranger, coordinator = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
coordinator.force_login(coordinators()[0])
found = {}
def look(who, client, kind, paths):
    client.get(paths[0])
    first, kept = [], []
    while len(first) < max(20, len(paths)):
        for path in paths:
            # As the first who comes there since something happened: of what was counted nothing is kept. Then as the next one.
            caches["counted"].clear()
            # With Redis both memories are one; these words are kept for an hour whatever happens.
            kinds()
            first.append(seen(client, path))
            kept.append(seen(client, path))
    for name, rows in (("first_", first), ("", kept)):
        wall, cpu, asked = zip(*rows, strict=True)
        found.update({
            f"{kind}.{who}.{name}p50_ms": statistics.median(wall), f"{kind}.{who}.{name}p95_ms": highest(wall),
            # What it costs when others use the machine too; on PostgreSQL without the database's part.
            f"{kind}.{who}.{name}cpu_p50_ms": statistics.median(cpu), f"{kind}.{who}.{name}cpu_p95_ms": highest(cpu),
            f"{kind}.{who}.{name}queries": max(asked)})
def seen(client, path):
    started, worked = time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked), len(asked)
def highest(times):
    return statistics.quantiles(times, n=100, method="inclusive")[94]
for paths in [*pages.values(), *house.values()]:
    coordinator.get(paths[0])
# As a server does when it has made what stays (config/asgi.py).
keep_for_good()
for kind, paths in pages.items():
    look("stranger", stranger, kind, paths)
    look("coordinator", coordinator, kind, paths)
for kind, paths in house.items():
    look("coordinator", coordinator, kind, paths)
translation.activate("nb")
whole = ref(Pilot.objects.order_by("pk").first())
def middle(what, repeats):
    times = []
    for _ in range(repeats):
        started = time.process_time()
        what()
        times.append(time.process_time() - started)
    return statistics.median(times)
thread_for(whole, viewer=NOBODY)
found["thread_500.steps"] = len(thread_for(whole, viewer=NOBODY).steps)
found["thread_500_cpu_ms"] = 1000 * middle(lambda: thread_for(whole, viewer=NOBODY), 11)
found["report_numbers_cpu_s"] = middle(lambda: report_of(last_half_year()), 3)
def made():
    report = ask_for_report(period=last_half_year(), language="nb", enqueue=str)
    make_report.func(report.public_id)
    assert stranger.get(reverse("insight:made", kwargs={"public_id": report.public_id})).status_code == 200
    MadeReport.objects.all().delete()
made()
started = time.perf_counter()
found["report_made_cpu_s"] = middle(made, 3)
found["report_made_s"] = (time.perf_counter() - started) / 3
for name in ("p95_ms", "cpu_p95_ms", "first_p95_ms", "first_cpu_p95_ms", "queries", "first_queries"):
    found[f"worst_{name}"] = max(value for key, value in found.items() if key.endswith(f".{name}"))
print(json.dumps(found))
"""


def run() -> dict[str, float]:
    """Server time of each page: `first_` for the first who opens it since something happened, the rest for the next one."""
    settings = {"KF_DATABASE_URL": DATABASE} if DATABASE else {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        in_the_forum(_FILL % {"scale": SCALE}, data=data, **settings)
        figures: dict[str, float] = json.loads(in_the_forum(_MEASURE, data=data, **settings).splitlines()[-1])
    return figures
