"""kill -9 of PostgreSQL and of Redis while firms write: what was acknowledged is there, and the forum goes on by itself."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, command, in_the_forum, new_key
from tests.faults.services import Service, own_postgres, own_redis, postgres_programs
from tests.faults.test_killed_server import _CATCH_UP, _WHAT_STANDS, KILLS, WRITERS, Sent, another_network, form_of
from tests.ready import FEW_WORDS

pytestmark = pytest.mark.slow


def keep_writing(port: int, sent: Sent, stop: threading.Event) -> None:
    """Each form once; what is not acknowledged is noted, to be sent again by hand."""
    while not stop.is_set():
        key = new_key()
        try:
            with Device(port, X_Forwarded_For=another_network()) as device:
                answer = device.post("/behov/meld", form_of(key))
        except (
            OSError,
            http.client.HTTPException,
            AssertionError,
        ) as error:  # also: the page with the form did not come
            said = (0, repr(error))
        else:
            if answer.status == 302:
                sent.acknowledged.append(key)
                continue
            said = (answer.status, answer.text[:200])
        sent.unanswered.append(key)
        sent.refused.append(said)
        # Who was told to try again waits a little: each of them is sent again in the end, by hand.
        time.sleep(0.5)


@contextmanager
def writers(server: Server) -> Iterator[Sent]:
    """Firms that write as long as the block lasts."""
    sent, stop = Sent(), threading.Event()
    threads = [threading.Thread(target=keep_writing, args=(server.port, sent, stop)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def kill_while_they_write(server: Server, service: Service, *, times: int) -> Sent:
    with writers(server) as sent:
        for _time in range(times):
            wait_for_more(sent)
            service.kill()
            time.sleep(0.3)
            service.start()
        wait_for_more(sent)
    return sent


def wait_for_more(sent: Sent, *, patience_seconds: float = 60) -> None:
    enough, until = len(sent.acknowledged) + WRITERS, time.monotonic() + patience_seconds
    while len(sent.acknowledged) < enough:
        assert time.monotonic() < until, f"nobody's need is taken any more: {sent.refused[-2 * WRITERS :]}"
        time.sleep(0.01)


def check(sent: Sent, server: Server, *, data: Path, **settings: str) -> None:
    with Device(server.port) as device:
        again, token = [], device.token()
        for key in sent.unanswered:
            device.headers["X-Forwarded-For"] = another_network()
            again.append(device.post("/behov/meld", form_of(key), token=token).status)
    assert set(again) <= {302}
    server.stop()
    in_the_forum(_CATCH_UP, data=data, **settings)
    stands = json.loads(in_the_forum(_WHAT_STANDS, data=data, **settings))
    here = {voice["key"]: voice for voice in stands["voices"]}
    assert sorted(here) == sorted([*sent.acknowledged, *sent.unanswered])
    assert {key for key, voice in here.items() if voice["facts"] != 1 or not voice["links"]} == set()
    whole = {name: stands[name] for name in ("needs_without_voice", "facts", "links_of_nothing", "waiting")}
    assert whole == {"needs_without_voice": 0, "facts": len(here), "links_of_nothing": 0, "waiting": 0}


@pytest.mark.skipif(postgres_programs() is None, reason="PostgreSQL is not installed here")
def test_a_killed_postgres_loses_no_acknowledged_voice(start_server: Callable[..., Server], data: Path) -> None:
    with own_postgres() as postgres:
        settings = {"KF_DATABASE_URL": postgres.url}
        done = command("prepare", data=data, **settings)
        assert done.returncode == 0, done.stderr
        in_the_forum(FEW_WORDS, data=data, **settings)
        server = start_server(KF_PROXIES="1", **settings)
        sent = kill_while_they_write(server, postgres, times=KILLS)
        check(sent, server, data=data, **settings)


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="Redis is not installed here")
def test_a_killed_redis_stops_nobody(start_server: Callable[..., Server], data: Path, tmp_path: Path) -> None:
    with own_redis(tmp_path) as service:
        server = start_server(KF_PROXIES="1", KF_REDIS_URL=service.url)
        sent = kill_while_they_write(server, service, times=KILLS)
        # Nobody was even told to try again.
        assert sent.unanswered == []
        check(sent, server, data=data, KF_REDIS_URL=service.url)
