"""How many questions a second the API answers, one after the other, in a forum with 10,000 needs."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.faults.server import Device, Server, in_the_forum

NEEDS = 10_000
TIMES = 100

_FILL = """
from datetime import timedelta
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.skills.models import Concept, SkillLink
now, owner, places = clock.now(), duty_person(), list(Municipality.objects.all())
firms = [add_organisation(name=f"Firma {n}", sector="business", municipality=places[n % len(places)]) for n in range(200)]
needs = Need.objects.bulk_create(
    Need(owner=owner, next_answer_on=clock.today(), voiced_at=now - timedelta(minutes=n), waiting_since=now, changed_at=now)
    for n in range(NEEDS)
)
voices = Voice.objects.bulk_create(
    Voice(need=need, organisation=firms[n % 200], words=f"Vi trenger nummer {n}", words_are_public=True, voiced_at=now)
    for n, need in enumerate(needs)
)
skills = list(Concept.objects.filter(kind="skill").order_by("pk")[:100])
SkillLink.objects.bulk_create(
    SkillLink(
        concept=skills[n % 100], subject_kind="voice", subject_id=voice.public_id, whole_kind="need",
        whole_id=voice.need.public_id, score=0.9, polarity="need", origin="machine", linked_at=now,
    )
    for n, voice in enumerate(voices)
)
"""
_QUESTIONS = {
    "needs": "/api/v1/needs",
    "needs_100": "/api/v1/needs?per_page=100",
    "needs_deep": "/api/v1/needs?page=400",
    "needs_filtered": "/api/v1/needs?municipality=3107&horizon=now",
    "skills": "/api/v1/skills?q=sveis",
    "organisations": "/api/v1/organisations",
}


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server, Device(server.port) as device:
        in_the_forum(_FILL.replace("NEEDS", str(NEEDS)), data=server.data)
        figures: dict[str, float] = {"rows": NEEDS}
        for name, path in _QUESTIONS.items():
            answers = [device.get(path) for _ in range(TIMES + 1)][1:]
            if {answer.status for answer in answers} != {200}:
                raise RuntimeError(f"{path}: {answers[0].text[:500]}")
            seconds = [answer.seconds for answer in answers]
            figures |= {
                f"{name}.per_second": TIMES / sum(seconds),
                f"{name}.median_ms": statistics.median(seconds) * 1000,
                f"{name}.p95_ms": statistics.quantiles(seconds, n=20, method="inclusive")[18] * 1000,
            }
        return figures
