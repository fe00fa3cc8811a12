"""kill -9 while firms write: what was acknowledged is there, nothing is half there, and sending again is safe."""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, in_the_forum, new_key, voice_fields

pytestmark = pytest.mark.slow

# `make bench` and a patient person set more.
KILLS = int(os.environ.get("KF_TEST_KILLS", "5"))
WRITERS = 4
WORDS = "To av oss må lære å sveise aluminium, og en trenger truckførerbevis. Nr {key}"

# Read by a process with the forum's own tables; `deliver_pending` is what the worker does half a minute later.
_CATCH_UP = """
from datetime import timedelta
from kompetanseforum.core.facts import deliver_pending
while deliver_pending(older_than=timedelta(0)): pass
"""
_WHAT_STANDS = """
import json
from collections import Counter
from django.db import connection
from kompetanseforum.core.models import Delivery, FactRow
from kompetanseforum.gapmap.models import DemandLine
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.skills.models import SkillLink
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
links = Counter(SkillLink.objects.filter(subject_kind="voice").values_list("subject_id", flat=True))
lines = Counter(DemandLine.objects.values_list("voice_id", flat=True))
facts = Counter(FactRow.objects.filter(name="needs.NeedVoiced").values_list("content__voice", flat=True))
print(json.dumps({
    "voices": [
        {"key": v.sending_key, "words": v.words, "links": links[v.public_id], "facts": facts[f"voice:{v.public_id}"],
         "lines": lines[v.public_id]}
        for v in Voice.objects.order_by("pk")
    ],
    "needs_without_voice": Need.objects.filter(voices=None).count(),
    "facts": sum(facts.values()),
    "links_of_nothing": len(set(links) - set(Voice.objects.values_list("public_id", flat=True))),
    "waiting": Delivery.objects.count(),
}))
"""


@dataclass(slots=True)
class Sent:
    """Keys of forms: those answered with a redirect, and those that nobody answered."""

    acknowledged: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def form_of(key: str) -> dict[str, str]:
    return voice_fields(key, words=WORDS.format(key=key), organisation=f"Firma {key}")


def another_network() -> str:
    """Each form from a network of its own: many from one are held for a look, and then not counted."""
    return str(ipaddress.IPv4Address(secrets.randbits(32)))


def write_until_it_falls(port: int, sent: Sent) -> None:
    device = Device(port)
    try:
        token = device.token()
        while True:
            key = new_key()
            device.headers["X-Forwarded-For"] = another_network()
            try:
                answer = device.post("/behov/meld", form_of(key), token=token)
            except (OSError, http.client.HTTPException):
                sent.unanswered.append(key)
                return
            if answer.status == 302:
                sent.acknowledged.append(key)
            else:
                sent.refused.append((answer.status, answer.text[:200]))
    except (OSError, http.client.HTTPException):
        return
    finally:
        device.close()


def write_and_kill(server: Server, sent: Sent, *, after_seconds: float) -> None:
    writers = [threading.Thread(target=write_until_it_falls, args=(server.port, sent)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    enough = len(sent.acknowledged) + WRITERS
    waited_from = time.monotonic()
    while len(sent.acknowledged) < enough and time.monotonic() - waited_from < 30:
        time.sleep(0.005)
    time.sleep(after_seconds)
    server.kill()
    for writer in writers:
        writer.join()


def test_a_killed_server_loses_no_acknowledged_voice_and_keeps_no_half_one(
    start_server: Callable[..., Server], settings_of_the_server: dict[str, str], data: Path
) -> None:
    rng = random.Random(20261123)
    sent = Sent()
    for _ in range(KILLS):
        write_and_kill(start_server(KF_PROXIES="1", **settings_of_the_server), sent, after_seconds=rng.uniform(0, 0.5))
    server = start_server(KF_PROXIES="1", **settings_of_the_server)
    with Device(server.port) as device:
        # Whoever saw no answer sends the same form once more.
        again = []
        for key in sent.unanswered:
            device.headers["X-Forwarded-For"] = another_network()
            again.append(device.post("/behov/meld", form_of(key)).status)
    assert set(again) <= {302}
    server.stop()
    in_the_forum(_CATCH_UP, data=data, **settings_of_the_server)
    stands = json.loads(in_the_forum(_WHAT_STANDS, data=data, **settings_of_the_server))

    here = {voice["key"]: voice for voice in stands["voices"]}
    assert sent.refused == []
    assert len(sent.acknowledged) >= KILLS * WRITERS
    assert sorted(here) == sorted([*sent.acknowledged, *sent.unanswered])
    assert {key for key, voice in here.items() if voice["words"] != WORDS.format(key=key)} == set()
    assert {
        key for key, voice in here.items() if not voice["links"] or voice["facts"] != 1 or not voice["lines"]
    } == set()
    whole = {name: stands[name] for name in ("needs_without_voice", "facts", "links_of_nothing", "waiting")}
    assert whole == {"needs_without_voice": 0, "facts": len(here), "links_of_nothing": 0, "waiting": 0}
