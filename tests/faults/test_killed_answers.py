"""kill -9 of server and worker while a need changes its state: what was acknowledged stands, and each voice is told of each."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, command, in_the_forum
from tests.needs.smtp import mail_server

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KF_TEST_KILLS", "5"))
VOICES = 3
STATES = ("in_dialogue", "answered", "in_pilot")

_SPEAK = f"""
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.organisations.actions import add_organisation
need = voice_need(said=Said(words="Sveise", email="a0@firm.example"), by=None, organisation=add_organisation(name="A0")).need
for n in range(1, {VOICES}):
    join_need(need=need, said=Said(email=f"a{{n}}@firm.example"), by=None, organisation=add_organisation(name=f"A{{n}}"))
print(need.public_id)
"""
# What the worker does in the days after, until nothing is owed.
_CATCH_UP = """
from datetime import timedelta
from kompetanseforum.core import clock
from kompetanseforum.core.facts import deliver_pending
from kompetanseforum.needs.actions import send_owed_letters
from kompetanseforum.needs.models import Notice
for day in range(1, 10):
    with clock.at(clock.now() + timedelta(days=day)):
        while deliver_pending(older_than=timedelta(0)) or send_owed_letters():
            pass
"""
_WHAT_STANDS = """
import json
from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.models import Answer, Need, Notice
answers = Answer.objects.order_by("pk")
print(json.dumps({
    "answers": list(answers.values_list("words", "state")),
    "state": Need.objects.get().state,
    "facts": list(FactRow.objects.filter(name="needs.NeedAnswered").order_by("pk").values_list("content__state", flat=True)),
    "notices": Notice.objects.count(),
    "pairs": Notice.objects.values("voice", "fact_id").distinct().count(),
    "unsent": Notice.objects.filter(sent_at=None).count(),
    "letters": sorted(Notice.objects.values_list("letter_id", flat=True).distinct()),
}))
"""


@dataclass(slots=True)
class Sent:
    """What was answered: acknowledged with a redirect, or followed by silence."""

    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def _answers_until_it_falls(device: Device, form: dict[str, str], path: str, sent: Sent) -> None:
    try:
        token = device.token()
        while True:
            number = len(sent.acknowledged) + len(sent.unanswered)
            said = (f"Svar nummer {number}", STATES[number % len(STATES)])
            try:
                answer = device.post(path, form | {"words": said[0], "state": said[1]}, token=token)
            except (OSError, http.client.HTTPException):
                sent.unanswered.append(said)
                return
            if answer.status == 302:
                sent.acknowledged.append(said)
            else:
                sent.refused.append((answer.status, answer.text[:200]))
                return
    except (OSError, http.client.HTTPException):
        return


def _comes_in(server: Server, data: Path) -> Device:
    device = Device(server.port)
    link = command("start_link", data=data).stdout.strip().partition("/start/")[2]
    assert device.post(f"/start/{link}", {"name": "Kari Lunde", "email": "kari@forum.example"}).status == 302
    return device


def _form(device: Device, path: str) -> dict[str, str]:
    """As it stands in the page."""
    page = device.get(path).text
    day = page.partition('name="next_answer_on"')[0].rpartition("<")[2] + page.partition('name="next_answer_on"')[2]
    owner = page.partition('name="owner"')[2]
    return {
        "next_answer_on": day.partition('value="')[2][:10],
        "owner": owner.partition('value="')[2].partition('"')[0],
    }


def test_no_acknowledged_change_of_state_is_lost_and_each_voice_is_told_of_each_once(
    start_server: Callable[..., Server], data: Path
) -> None:
    need = in_the_forum(_SPEAK, data=data).strip()
    path = f"/behov/{need}/svar"
    rng, sent = random.Random(7), Sent()
    with mail_server() as post:
        mail = f"smtp://127.0.0.1:{post.port}"
        cookies: dict[str, str] = {}
        form: dict[str, str] = {}
        for _kill in range(KILLS):
            server = start_server(KF_MAIL_URL=mail)
            device = Device(server.port) if cookies else _comes_in(server, data)
            device.cookies |= cookies
            cookies, form = device.cookies, form or _form(device, path)
            enough = len(sent.acknowledged) + 3
            writing = threading.Thread(target=_answers_until_it_falls, args=(device, form, path, sent))
            writing.start()
            until = time.monotonic() + 60
            while len(sent.acknowledged) < enough and writing.is_alive() and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, 0.3))
            server.kill()
            writing.join()
        in_the_forum(_CATCH_UP, data=data, KF_MAIL_URL=mail)
    stands = json.loads(in_the_forum(_WHAT_STANDS, data=data))

    assert sent.refused == []
    assert len(sent.acknowledged) >= 3 * KILLS
    there = [tuple(one) for one in stands["answers"]]
    counted = Counter(there)
    # What nobody answered was written whole, or not at all.
    assert set(counted) - set(sent.unanswered) == set(sent.acknowledged)
    assert set(counted.values()) == {1}
    assert stands["state"] == there[-1][1]
    assert stands["facts"] == [state for _words, state in there]
    # A receipt for each who spoke, and a row for each voice and each change.
    assert stands["notices"] == stands["pairs"] == VOICES * (1 + len(there))
    assert stands["unsent"] == 0
    told = [letter for letter in post.letters if "@firm.example" in letter["To"]]
    received = {letter["Message-ID"].strip("<>").partition("@")[0] for letter in told}
    assert received == set(stands["letters"])
