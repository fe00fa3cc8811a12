"""kill -9 while another system is being told: it is told again, the same message with the same id, and then no more."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.core.outside import Handler, outside, status
from tests.faults.server import PATIENCE_SECONDS, begin, environment, in_the_forum
from tests.warm import Started

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


def _worker(data: Path, *, address: str, minutes: int) -> subprocess.Popen[bytes] | Started:
    """What it prints stands in the data folder, in `told`."""
    env = environment(data, DJANGO_SETTINGS_MODULE="kompetanseforum.config.settings")
    with (data / "told").open("wb") as told:
        return begin("-c", _TELL.format(address=address, minutes=minutes), env=env, prints=told)


def _told(data: Path, *, address: str, minutes: int) -> str:
    _worker(data, address=address, minutes=minutes).wait(timeout=PATIENCE_SECONDS)
    return (data / "told").read_text().strip()


def test_one_who_was_told_by_a_worker_that_died_is_told_again_with_the_same_id(data: Path):
    with outside() as there:
        in_the_forum(_SPEAK.format(url=there.address + "/told"), data=data)
        workers: list[subprocess.Popen[bytes] | Started] = []

        def kills(_handler: Handler) -> None:
            os.kill(workers[-1].pid, signal.SIGKILL)

        there.at["/told"] = kills
        for number in range(KILLS):
            workers.append(_worker(data, address=there.address, minutes=3 * number))
            workers[-1].wait(timeout=PATIENCE_SECONDS)
            assert workers[-1].returncode == -signal.SIGKILL
        there.at["/told"] = status(204)
        said = [_told(data, address=there.address, minutes=3 * number) for number in (KILLS, KILLS + 1)]
        assert (said, len(there.asked)) == (["True", "False"], KILLS + 1)
        assert len({(asked.headers["webhook-id"], asked.body) for asked in there.asked}) == 1
