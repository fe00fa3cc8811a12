"""kill -9 of the worker while letters go: each is sent at least once, with the same Message-ID, and has exactly one row."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.server import PATIENCE_SECONDS, begin, environment, in_the_forum
from tests.needs.smtp import mail_server
from tests.warm import Started

pytestmark = pytest.mark.slow

KILLS = min(int(os.environ.get("KF_TEST_KILLS", "5")), 20)
VOICES = 12

_SPEAK = f"""
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.core import clock
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions import Said, answer_need, join_need, voice_need
from kompetanseforum.organisations.actions import add_organisation
first = voice_need(said=Said(words="Sveise", email="a0@firm.example"), by=None, organisation=add_organisation(name="A0"))
for n in range(1, {VOICES}):
    join_need(need=first.need, said=Said(email=f"a{{n}}@firm.example"), by=None, organisation=add_organisation(name=f"A{{n}}"))
who = duty_person()
answer_need(need=first.need, by=who, words="Vi har ringt.", state="answered", next_answer_on=clock.today(), owner=who)
"""
# As the worker does it, so much later that what a dead worker had in hand is free again.
_WORK = """
import django; django.setup()
from datetime import timedelta
from kompetanseforum.core import clock
from kompetanseforum.core.facts import deliver_pending
from kompetanseforum.needs.actions import send_owed_letters
with clock.at(clock.now() + timedelta(minutes={minutes})):
    while deliver_pending(older_than=timedelta(0)) or send_owed_letters(most=3):
        pass
"""
_ROWS = """
from kompetanseforum.needs.models import Notice
print(Notice.objects.count(), Notice.objects.filter(sent_at=None).count(),
      Notice.objects.values("voice", "fact_id").distinct().count(), Notice.objects.values("letter_id").distinct().count())
print(*sorted(Notice.objects.values_list("letter_id", flat=True).distinct()))
"""


def _worker(data: Path, *, port: int, minutes: int) -> subprocess.Popen[bytes] | Started:
    settings = {"DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings", "KF_MAIL_URL": f"smtp://127.0.0.1:{port}"}
    return begin("-c", _WORK.format(minutes=minutes), env=environment(data, **settings))


def test_letters_of_a_worker_that_died_go_out_with_the_same_ids(data: Path):
    in_the_forum(_SPEAK, data=data)
    rng = random.Random(11)
    with mail_server() as post:
        for number in range(KILLS):
            worker = _worker(data, port=post.port, minutes=10 * number)
            enough = len(post.letters) + rng.randrange(1, 4)
            post.when = lambda worker=worker, enough=enough: (
                os.kill(worker.pid, signal.SIGKILL) if len(post.letters) >= enough and worker.poll() is None else None
            )
            worker.wait(timeout=PATIENCE_SECONDS)
            assert worker.returncode == -signal.SIGKILL
        post.when = lambda: None
        assert _worker(data, port=post.port, minutes=10 * KILLS).wait(timeout=PATIENCE_SECONDS) == 0
    counts, ids = in_the_forum(_ROWS, data=data).splitlines()
    rows, waiting, pairs, letters = map(int, counts.split())
    # A receipt for each who spoke, and the answer for each.
    assert (rows, waiting, pairs, letters) == (2 * VOICES, 0, 2 * VOICES, 2 * VOICES)
    received = Counter(letter["Message-ID"].strip("<>").partition("@")[0] for letter in post.letters)
    assert set(received) == set(ids.split())
    assert len(post.letters) <= 2 * VOICES + KILLS
