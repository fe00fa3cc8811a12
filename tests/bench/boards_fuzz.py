"""A hundred thousand random and malformed operations on boards: no crash, no 5xx, and the rows equal the log.

Twenty boards through all phases, then one through a real socket and through the request that stands in for it.
KF_BENCH_OPERATIONS makes it shorter; the same with five thousand is a test (tests/boards/test_fuzz.py).
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path

from websockets.sync.client import ClientConnection

from tests.bench.faults import _prepare
from tests.faults import test_killed_boards as boards
from tests.faults.rooms import make_boards
from tests.faults.server import Device, Server, in_the_forum

OPERATIONS = int(os.environ.get("KF_BENCH_OPERATIONS", "100000"))
_AT_ONCE = 10
_SEND = """
import json, random, time
from django.conf import settings
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.boards.actions import begin_phase, open_board
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.refs import ref
from tests.boards.test_fuzz import send_and_compare
person = add_person(name="Kari Lunde")
leader = Who(ref=str(ref(person)), name="Kari", sector="", is_leading=True)
began, done = time.perf_counter(), 0
for seed in range({boards}):
    board = open_board(title="Tavle", pattern=pattern_called("need_to_action"), by=person)
    begin_phase(board=board, number=3, by=person)
    done += send_and_compare(board, person, leader, operations={each}, seed=seed)
print(json.dumps({{"done": done, "seconds": time.perf_counter() - began}}))
"""
# What a browser might send through a socket, made where the tables are.
_MAKE = """
import json
from kompetanseforum.boards.models import Board
from tests.boards.test_fuzz import Sender
sender = Sender(Board.objects.get(public_id="{board}"), 7)
print(json.dumps([sender.operation() for _ in range({count})]))
"""


def run() -> dict[str, float]:
    through_doors = OPERATIONS // 10
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        _prepare(data)
        each = (OPERATIONS - through_doors) // 20
        told = json.loads(in_the_forum(_SEND.format(boards=20, each=each), data=data).splitlines()[-1])
        return {
            "operations": each * 20 + through_doors,
            "done": told["done"],
            "operations_a_second": each * 20 / told["seconds"],
            # Each board was compared with its log; a difference would have raised.
            "boards_that_differ_from_their_log": 0,
            **_through_doors(data, through_doors),
        }


def _through_doors(data: Path, count: int) -> dict[str, float]:
    [board] = make_boards(data, boards=1, guests=1)
    made = in_the_forum(_MAKE.format(board=board.id, count=count), data=data).splitlines()[-1]
    operations = json.loads(made)
    batches = [operations[at : at + _AT_ONCE] for at in range(0, count, _AT_ONCE)]
    statuses: list[int] = []
    with Server(data, arguments=("--no-worker",)) as server:
        began = time.perf_counter()
        with boards.open_socket(board, server.port) as socket, Device(server.port) as device:
            name, _, value = board.cookies[0].partition("=")
            device.cookies[name] = value
            device.token()
            for number, batch in enumerate(batches):
                if number % 2:
                    statuses.append(_post(device, board.id, batch))
                else:
                    _say(socket, batch)
            assert "seq" in boards.send(socket, boards.operation("Fortsatt her", board.column))
        seconds = time.perf_counter() - began
        faults = server.log.read_text().count("Traceback")
    stands = json.loads(in_the_forum(boards.WHAT_STANDS.format(board=board.id), data=data))
    return {
        "doors.operations": count,
        "doors.operations_a_second": count / seconds,
        "doors.answers_5xx": sum(status >= 500 for status in statuses),
        "doors.answers_2xx": sum(status < 300 for status in statuses),
        "doors.faults_in_the_log": faults,
        "doors.differ_from_the_log": 0 if stands["is_the_logs"] and stands["is_whole"] else 1,
    }


def _say(socket: ClientConnection, batch: list[object]) -> None:
    """Until each that can be answered is."""
    socket.send(json.dumps({"ops": batch}))
    while "done" not in json.loads(socket.recv(timeout=30)):
        pass


def _post(device: Device, board: str, batch: list[object]) -> int:
    headers = {"Content-Type": "application/json", "X-CSRFToken": device.cookies.get("csrftoken", "")}
    return device._ask("POST", f"/tavler/{board}/gjor", json.dumps({"ops": batch}).encode(), headers).status
