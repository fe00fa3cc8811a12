"""How long pages take in a forum of 1,000, 10,000 and 100,000 needs: the list, a filter, a search, one need, the front page, the map.

KF_BENCH_SIZES=1000,10000,1000000 for others; KF_DATABASE_URL for PostgreSQL (a database of its own is made there and dropped).
The processor's time is measured, since it does not depend on what else the machine does; the fit is how it grows: time ~ size^slope,
so 0 is flat and 1 is as fast as the forum grows. What strangers share is made anew for each page. A question finds a page's
twenty needs at the smallest size already, but for those called rare, whose pages grow with what they find. Before each page of
the map a need changes. `map_read` is the first question to the map in a process, which reads all lines; it grows with them.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.faults.server import command, in_the_forum

SIZES = [int(size) for size in os.environ.get("KF_BENCH_SIZES", "1000,10000,100000").split(",")]
POSTGRES = os.environ.get("KF_DATABASE_URL", "")

# Rows straight into the tables, as the actions would leave them: voices, links, where each is filed, the words' index.
_FILL = """
import random
from datetime import timedelta
from collections import Counter
from django.db import connection, transaction
from django.utils import timezone
from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.core.text_index import make_anew, plain
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.gapmap.models import DemandLine, Revision
from kompetanseforum.needs.actions.filing import add_up, note_changes
from kompetanseforum.needs.models import Filed, Heard, Need, Tally, TallyTogether, Together, Voice
from kompetanseforum.needs.queries.filing import together
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import Concept, SkillLink
size, rng, now = %d, random.Random(1), timezone.now()
places = list(Municipality.objects.filter(code__startswith="31"))
concepts = list(Concept.objects.order_by("pk"))
owner = this_forum().duty_person
if not Organisation.objects.filter(name="Firma 0").exists():
    Organisation.objects.bulk_create(
        Organisation(public_id=new_public_id(), name=f"Firma {n}", kind="other", sector=rng.choice(["business", "education", "public"]),
                     municipality=rng.choice(places), registered_at=now) for n in range(2000))
firms = list(Organisation.objects.filter(name__startswith="Firma "))
WORDS = ("sveise", "aluminium", "lese", "tegninger", "truck", "kurs", "kveld", "nye", "lærlinger", "maskiner", "tilbud", "programmere",
         "verksted", "drift", "kunder", "ledelse", "pleie", "språk", "anbud", "kvalitet")
STATES = ("heard",) * 6 + ("in_dialogue",) * 2 + ("met", "not_met")
have = Need.objects.count()
while have < size:
    with transaction.atomic():
        many = min(5000, size - have)
        needs, voices, texts = [], [], []
        for n in range(many):
            at = now - timedelta(minutes=size - have - n)
            text = "Vi trenger noen som kan " + " ".join(rng.choices(WORDS, k=6)) + (" sjeldenord" if rng.random() < 1e-4 else "")
            needs.append(Need(public_id=new_public_id(), state=rng.choice(STATES), horizon=rng.choice(("now", "soon", "later")), owner=owner,
                next_answer_on=(now + timedelta(days=rng.randint(-30, 60))).date(), searchable=plain(text), voiced_at=at, waiting_since=at,
                changed_at=at))
            texts.append(text)
        needs = Need.objects.bulk_create(needs, batch_size=1000)
        firm = [rng.choice(firms) for _ in needs]
        voices = Voice.objects.bulk_create([Voice(public_id=new_public_id(), need=need, organisation=one, words=text, words_are_public=True,
            voiced_at=need.voiced_at, forms=[]) for need, one, text in zip(needs, firm, texts)], batch_size=1000)
        filed, at_once, counts, together_counts, links, lines = [], [], Counter(), Counter(), [], []
        revision, _ = Revision.objects.get_or_create(pk=1, defaults={"token": new_public_id(), "changed_at": now})
        revision.number += 1
        revision.save()
        for need, one, voice in zip(needs, firm, voices):
            asked = rng.sample(concepts, 2)
            is_open = need.state not in ("met", "not_met")
            under = {"alle", *([f"svar:{need.next_answer_on}"] if is_open else []), f"tilstand:{need.state}", f"nar:{need.horizon}", f"kommune:{one.municipality.code}", f"sektor:{one.sector}"}
            for concept in asked:
                links.append(SkillLink(public_id=new_public_id(), subject_kind="voice", subject_id=voice.public_id, whole_kind="need",
                    whole_id=need.public_id, concept=concept, polarity="need", score=0.9, causes=[], origin="machine", linked_at=need.voiced_at))
                if concept.kind == "skill":
                    lines.append(DemandLine(skill=concept, need_id=need.public_id, voice_id=voice.public_id, people=1, horizon=need.horizon,
                        sector=one.sector, municipality_code=one.municipality.code, is_confirmed=False, is_link_confirmed=False,
                        since=need.voiced_at, until=None if is_open else need.changed_at, revision=revision.number))
                    under.add(f"kompetanse:{concept.slug}")
                else:
                    under |= {f"yrkesnavn:{concept.slug}"} | {f"yrke:{concept.isco_group[:d]}" for d in range(1, 5) if concept.isco_group}
            filed += [Filed(need=need, under=choice) for choice in under]
            counts.update(under)
            several = together(under)
            at_once += [Together(need=need, under=choices) for choices in several]
            together_counts.update(several)
        SkillLink.objects.bulk_create(links, batch_size=1000)
        DemandLine.objects.bulk_create(lines, batch_size=1000)
        Filed.objects.bulk_create(filed, batch_size=5000)
        Together.objects.bulk_create(at_once, batch_size=5000)
        note_changes(counts, of=Tally)
        note_changes(together_counts, of=TallyTogether)
        Heard.objects.bulk_create([Heard(organisation=one, last_at=now) for one in set(firm)], ignore_conflicts=True)
    have += many
make_anew(Need)
add_up()
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""

_MEASURE = """
import json, statistics, time
from django.core.cache import caches
from django.db.models import F
from django.test import Client
from kompetanseforum.gapmap.actions import refresh_need
from kompetanseforum.gapmap.models import DemandLine
from kompetanseforum.needs.models import Filed, Need, Voice
need = Need.objects.order_by("pk")[Need.objects.count() // 2].public_id
skill = Filed.objects.filter(under__startswith="kompetanse:").order_by("pk").values_list("under", flat=True)[0].partition(":")[2]
pages = {
    "list": "/behov/", "page_50": "/behov/?side=50", "waiting": "/behov/?sorter=waiting", "most": "/behov/?sorter=most",
    "filter": "/behov/?sektor=business", "filters": "/behov/?sektor=education&tilstand=in_dialogue&nar=soon",
    "rare_filters": "/behov/?sektor=education&tilstand=met&nar=soon&kommune=3107", "skill": f"/behov/?kompetanse={skill}",
    "skill_and_filters": f"/behov/?kompetanse={skill}&sektor=education&nar=soon",
    "search": "/behov/?q=sveise", "rare_search": "/behov/?q=sjeldenord", "search_and_filter": "/behov/?q=kurs&kommune=3107",
    "rare_search_and_filter": "/behov/?q=kurs+kveld&kommune=3107",
    "need": f"/behov/{need}", "front": "/",
    "map": "/udekket/", "map_filters": "/udekket/?sektor=business&kommune=3107", "map_groups": "/udekket/?etter=gruppe", "map_skill": f"/udekket/{skill}",
}
client, found = Client(headers={"host": "localhost"}), {}
to_change = iter(DemandLine.objects.filter(until=None, horizon="now").values_list("voice_id", "need_id").distinct()[:100])
c, w = time.process_time(), time.perf_counter()
client.get("/udekket/")
read = [1000 * (time.process_time() - c), 1000 * (time.perf_counter() - w)]
for name, path in pages.items():
    cpu, wall = [], []
    for _ in range(%d):
        for memory in caches.all():
            memory.clear()
        if name.startswith("map"):
            changed, whole = next(to_change)
            Voice.objects.filter(public_id=changed).update(people=F("people") + 1)
            assert refresh_need(whole)
        c, w = time.process_time(), time.perf_counter()
        answer = client.get(path)
        cpu.append(time.process_time() - c); wall.append(time.perf_counter() - w)
        assert answer.status_code == 200, (path, answer.status_code)
    # The first one reads templates.
    found[name] = [statistics.median(cpu[1:]) * 1000, statistics.median(wall[1:]) * 1000]
print(json.dumps(found | {"map_read": read}))
"""
TIMES = int(os.environ.get("KF_BENCH_TIMES", "6"))


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        if not POSTGRES:
            return _grown(Path(folder))
        parts, name = urlsplit(POSTGRES), f"kf_growth_{secrets.token_hex(4)}"
        with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
            try:
                return _grown(Path(folder), KF_DATABASE_URL=urlunsplit(parts._replace(path=f"/{name}")))
            finally:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _grown(data: Path, **settings: str) -> dict[str, float]:
    done = command("prepare", data=data, **settings)
    assert done.returncode == 0, done.stderr
    figures: dict[str, float] = {}
    cpu: dict[str, list[float]] = {}
    for size in SIZES:
        in_the_forum(_FILL % size, data=data, **settings)
        found: dict[str, list[float]] = json.loads(in_the_forum(_MEASURE % TIMES, data=data, **settings))
        print(f"  {size:>9,} needs: " + ", ".join(f"{page} {ms[0]:.0f}" for page, ms in found.items()), flush=True)
        for page, (busy, waited) in found.items():
            figures |= {f"{page}.{size}.cpu_ms": busy, f"{page}.{size}.wall_ms": waited}
            cpu.setdefault(page, []).append(busy)
    if len(SIZES) > 1:
        figures |= {f"{page}.slope": _slope(times) for page, times in cpu.items()}
    return figures


def _slope(times: list[float]) -> float:
    """Least squares of log time on log size."""
    return statistics.linear_regression([math.log(size) for size in SIZES], [math.log(ms) for ms in times]).slope
