"""kill -9 in the middle of bringing in the register: whole batches stand, and the job goes through the next time."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.faults.server import begin, command, environment, in_the_forum
from tests.kompetanse.brreg.making import as_json, number, unit

pytestmark = pytest.mark.slow

KILLS = min(int(os.environ.get("KF_TEST_KILLS", "3")), 20)
MANY = 12_000
AT_ONCE = 1000

# Puts the file in the queue, as the coordinator's form does.
_SEND = """
from django.core.files import File
from kompetanseforum.organisations.imports import receive_upload
from kompetanseforum.organisations.jobs import import_file
with open({path!r}, "rb") as file:
    receive_upload(file=File(file, name="enheter.json.gz"), by=None, job=import_file)
"""


def _stored(data: Path) -> tuple[int, str]:
    database = sqlite3.connect(data / "forum.sqlite3", timeout=20)
    try:
        [units] = database.execute("SELECT count(*) FROM organisations_registerunit").fetchone()
        state = database.execute("SELECT state FROM organisations_registerimport").fetchone()
        return units, state[0] if state else ""
    finally:
        database.close()


def test_killed_again_and_again_it_ends_whole(data: Path, tmp_path: Path):
    file = tmp_path / "enheter.json.gz"
    file.write_bytes(as_json(unit(serial) for serial in range(MANY)))
    in_the_forum(_SEND.format(path=str(file)), data=data)
    chance = random.Random(7)
    seen = []
    # Of three tries the last one must be let through: the worker gives up a job after that.
    for _ in range(min(KILLS, 2)):
        worker = begin("work", "--once", env=environment(data))
        while _stored(data)[0] < AT_ONCE * (1 + len(seen)) and worker.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.05))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        seen.append(_stored(data))
    assert all(units % AT_ONCE == 0 and 0 < units < MANY and state == "storing" for units, state in seen), seen
    assert command("work", "--once", data=data).returncode == 0
    assert _stored(data) == (MANY, "done")
    database = sqlite3.connect(data / "forum.sqlite3")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    numbers = {row[0] for row in database.execute("SELECT organisation_number FROM organisations_registerunit")}
    database.close()
    assert numbers == {number(serial) for serial in range(MANY)}
