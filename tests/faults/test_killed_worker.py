"""kill -9 of the worker alone, in the middle of a file of needs: the server stays open, and the file is brought in once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, in_the_forum

pytestmark = pytest.mark.slow

ROWS = 120
# A job is tried three times.
KILLS = 2
PATIENCE_SECONDS = 180

# Sent by a coordinator through the page, in a process of its own; the server's worker does the job.
_SEND = (
    f"ROWS = {ROWS}\n"
    """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.intake.models import Batch
kari = add_person(name="Kari Lunde", email="kari@forum.example")
give_role(person=kari, role=Role.COORDINATOR)
client = Client(headers={"host": "localhost"})
client.force_login(kari)
rows = "".join(f"Vi trenger flere som kan sveise aluminium, nummer {n};Verft {n};Moss\\n" for n in range(ROWS))
file = SimpleUploadedFile("svar.csv", ("Behov;Bedrift;Kommune\\n" + rows).encode())
client.post("/innhenting/ny/behov", {"file": file, "name": "LO"})
batch = Batch.objects.get()
assert client.post(f"/innhenting/{batch.public_id}").status_code == 302
"""
)
_FOUND = """
import json
from kompetanseforum.core.models import FactRow
from kompetanseforum.intake.models import Batch
from kompetanseforum.needs.models import Voice
batch = Batch.objects.get()
print(json.dumps({
    "state": batch.state,
    "new": batch.counts.get("new"),
    "voices": Voice.objects.count(),
    "words": Voice.objects.values("words").distinct().count(),
    "facts": FactRow.objects.filter(name__in=("needs.NeedVoiced", "needs.VoiceAdded")).count(),
}))
"""


def worker_of(server: Server) -> int | None:
    """The process id of the worker, the only one beside the server, while it lives: one that has ended has no words."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for task in Path(f"/proc/{server.pid}/task").iterdir():
        children += (task / "children").read_text().split()
    for child in map(int, children):
        if Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    return None


def found(data: Path) -> dict[str, object]:
    return json.loads(in_the_forum(_FOUND, data=data))


def state_of_the_file(data: Path) -> str:
    """Read past the forum: asked again and again, a process of its own would take more of the machine than the worker."""
    with closing(sqlite3.connect(data / "forum.sqlite3", timeout=20)) as database:
        return str(database.execute("SELECT state FROM intake_batch").fetchone()[0])


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="asks Linux which process is whose child")
def test_the_worker_is_killed_while_it_brings_in_a_file(start_server: Callable[..., Server], data: Path) -> None:
    server = start_server()
    in_the_forum(_SEND, data=data)
    killed = 0
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        now = state_of_the_file(data)
        if now == "done":
            break
        if now == "storing" and killed < KILLS and (worker := worker_of(server)):
            os.kill(worker, signal.SIGKILL)
            killed += 1
            with Device(server.port) as device:
                assert device.get("/behov/").status == 200
        time.sleep(0.1)
    assert killed == KILLS
    assert found(data) == {"state": "done", "new": ROWS, "voices": ROWS, "words": ROWS, "facts": ROWS}
