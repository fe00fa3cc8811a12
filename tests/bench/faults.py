"""kill -9 a hundred times of the server, of its worker, of PostgreSQL and of Redis while firms write, and of the server while a
hall writes on a board: what was acknowledged, found, lost.

A part ends when its share of KF_BENCH_MINUTES is over, and says how many kills there were; KF_BENCH_KILLS makes it shorter, and
KF_BENCH_PARTS=boards,redis takes some of it. The same runs with five kills are tests (tests/faults).
"""

from __future__ import annotations

import json
import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.faults import test_killed_boards as boards
from tests.faults.rooms import make_boards
from tests.faults.server import Server, command, in_the_forum
from tests.faults.services import Service, own_postgres, own_redis
from tests.faults.test_killed_server import Sent, write_and_kill
from tests.faults.test_killed_services import wait_for_more, writers

PARTS = os.environ.get("KF_BENCH_PARTS", "server,worker,boards,postgres,redis").split(",")
KILLS = int(os.environ.get("KF_BENCH_KILLS", "100"))
# A machine that does much else at the same time is slow; what is measured is what is lost.
PATIENCE_SECONDS = 300.0
MINUTES = float(os.environ.get("KF_BENCH_MINUTES", "60"))
_KEYS = """
import json
from kompetanseforum.needs.models import Voice
print(json.dumps(list(Voice.objects.values_list("sending_key", flat=True))))
"""


def kills(part: str) -> Iterator[int]:
    """So many, or as many as there is time for; tells how fast they come."""
    began = time.monotonic()
    ends_at, number = began + MINUTES * 60 / len(PARTS), 0
    while number < KILLS and time.monotonic() < ends_at:
        number += 1
        yield number
        if number % 10 == 0 or number == KILLS:
            a_minute = 60 * number / (time.monotonic() - began)
            print(f"  {part}: {number} kills, {a_minute:.1f} a minute", flush=True)


def run() -> dict[str, float]:
    figures: dict[str, float] = {"load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        if "server" in PARTS:
            data = Path(folder) / "server"
            figures |= _figures("server", *_kill_servers(data), data=data)
        if "worker" in PARTS:
            data = Path(folder) / "worker"
            figures |= _figures("worker", *_kill_workers(data), data=data)
        if "boards" in PARTS:
            figures |= _on_a_board(Path(folder) / "boards")
        if "postgres" in PARTS:
            with own_postgres() as postgres:
                data = Path(folder) / "postgres"
                url = {"KF_DATABASE_URL": postgres.url}
                figures |= _figures("postgres", *_kill_service(postgres, data, url), data=data, **url)
        if "redis" in PARTS:
            data = Path(folder) / "redis"
            data.mkdir()
            with own_redis(data) as redis:
                figures |= _figures("redis", *_kill_service(redis, data, {"KF_REDIS_URL": redis.url}), data=data)
    return figures


def _on_a_board(data: Path) -> dict[str, float]:
    """Four devices write on one board; what nobody answered is sent once more at the end, with the same id."""
    _prepare(data)
    [board] = make_boards(data, boards=1, guests=boards.WRITERS)
    sent, rng, done = boards.Sent(), random.Random(2), 0
    for _time in kills("boards"):
        done += 1
        server = Server(data, arguments=("--no-worker",))
        server.start()
        boards.write_and_kill(server, board, sent, after_seconds=rng.uniform(0, 0.5))
    stands = _board(board.id, data)
    found = set(stands["notes"])
    with Server(data, arguments=("--no-worker",)) as server, boards.open_socket(board, server.port) as socket:
        for operation in sent.unanswered.values():
            boards.send(socket, operation)
    after = _board(board.id, data)
    return {
        "boards.kills": done,
        "boards.acknowledged": len(sent.kept),
        "boards.unanswered": len(sent.unanswered),
        "boards.found": len(found),
        "boards.lost": len(set(sent.kept) - found),
        "boards.found_after_resending": len(after["notes"]),
        "boards.doubled": len(after["notes"]) - len(set(after["notes"])),
        "boards.differ_from_the_log": 0 if after["is_the_logs"] and after["is_whole"] else 1,
    }


def _board(board_id: str, data: Path) -> dict[str, list[str]]:
    return dict(json.loads(in_the_forum(boards.WHAT_STANDS.format(board=board_id), data=data)))


def _kill_servers(data: Path) -> tuple[Sent, int]:
    sent, rng, done = Sent(), random.Random(1), 0
    _prepare(data)
    for _time in kills("server"):
        done += 1
        server = Server(data, settings={"KF_PROXIES": "1"})
        server.start()
        write_and_kill(server, sent, after_seconds=rng.uniform(0, 0.5))
    return sent, done


def _kill_workers(data: Path) -> tuple[Sent, int]:
    """The worker alone: the server stays, starts another, and what the first had in hand is done by the next."""
    done, rng = 0, random.Random(3)
    _prepare(data)
    with Server(data, settings={"KF_PROXIES": "1"}) as server, writers(server) as sent:
        for _time in kills("worker"):
            done += 1
            _kill_worker_of(server.pid)
            wait_for_more(sent, patience_seconds=PATIENCE_SECONDS)
            time.sleep(rng.uniform(0, 0.5))
    return sent, done


def _kill_worker_of(server: int) -> None:
    """When it is there: the server starts it a second after it fell."""
    until = time.monotonic() + 60
    while not (found := _workers_of(server)):
        assert time.monotonic() < until, "the worker does not come back"
        time.sleep(0.05)
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _workers_of(server: int) -> list[int]:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    # The thread that watches starts the next one.
    children += [
        pid for task in Path(f"/proc/{server}/task").iterdir() for pid in (task / "children").read_text().split()
    ]
    return [int(pid) for pid in set(children) if b"--with-parent" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _kill_service(service: Service, data: Path, settings: dict[str, str]) -> tuple[Sent, int]:
    done = 0
    _prepare(data, **settings)
    with Server(data, settings=settings | {"KF_PROXIES": "1"}) as server, writers(server) as sent:
        for _time in kills(data.name):
            done += 1
            wait_for_more(sent, patience_seconds=PATIENCE_SECONDS)
            service.kill()
            time.sleep(0.3)
            service.start()
        wait_for_more(sent, patience_seconds=PATIENCE_SECONDS)
    return sent, done


def _prepare(data: Path, **settings: str) -> None:
    data.mkdir(exist_ok=True)
    done = command("prepare", data=data, **settings)
    assert done.returncode == 0, done.stderr


def _figures(which: str, sent: Sent, done: int, *, data: Path, **settings: str) -> dict[str, float]:
    found: list[str] = json.loads(in_the_forum(_KEYS, data=data, **settings))
    return {
        f"{which}.kills": done,
        f"{which}.acknowledged": len(sent.acknowledged),
        f"{which}.unanswered": len(sent.unanswered),
        f"{which}.found": len(found),
        f"{which}.lost": len(set(sent.acknowledged) - set(found)),
        f"{which}.doubled": len(found) - len(set(found)),
    }
