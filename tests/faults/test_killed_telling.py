"""kill -9 while another system is being told: it is told again, the same message with the same id, and then no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.outside import Handler, outside, status
from tests.faults.server import PATIENCE_SECONDS, environment, in_the_forum

pytestmark = pytest.mark.slow

KILLS = min(int(os.environ.get("KF_TEST_KILLS", "3")), 20)

_SPEAK = """
from kompetanseforum.api.actions import add_webhook
from kompetanseforum.needs.actions import Said, voice_need
add_webhook(name="Næringshagen", url={url!r}, kinds=["needs.NeedVoiced"], by=None)
voice_need(said=Said(words="Vi må lære å sveise aluminium"), by=None)
"""
# As the worker does it; a claim that its holder did not live to release is over by then.
_TELL = """
import django; django.setup()
from datetime import timedelta
from kompetanseforum.api.clients import BOUNDS, Receivers
from kompetanseforum.api.jobs import tell_webhooks
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Transport
with clock.at(clock.now() + timedelta(minutes={minutes})):
    print(tell_webhooks(Receivers(Transport(hosts=({address!r},), inside=True, bounds=BOUNDS))))
"""


def _worker(data: Path, *, address: str, minutes: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _TELL.format(address=address, minutes=minutes)],
        env=environment(data, DJANGO_SETTINGS_MODULE="kompetanseforum.config.settings"),
        stdout=subprocess.PIPE,
        text=True,
    )


def test_one_who_was_told_by_a_worker_that_died_is_told_again_with_the_same_id(data: Path):
    with outside() as there:
        in_the_forum(_SPEAK.format(url=there.address + "/told"), data=data)
        workers: list[subprocess.Popen[str]] = []

        def kills(_handler: Handler) -> None:
            os.kill(workers[-1].pid, signal.SIGKILL)

        there.at["/told"] = kills
        for number in range(KILLS):
            workers.append(_worker(data, address=there.address, minutes=3 * number))
            workers[-1].communicate(timeout=PATIENCE_SECONDS)
            assert workers[-1].returncode == -signal.SIGKILL
        there.at["/told"] = status(204)
        said = [
            _worker(data, address=there.address, minutes=3 * number).communicate(timeout=PATIENCE_SECONDS)[0].strip()
            for number in (KILLS, KILLS + 1)
        ]
        assert (said, len(there.asked)) == (["True", "False"], KILLS + 1)
        assert len({(asked.headers["webhook-id"], asked.body) for asked in there.asked}) == 1
