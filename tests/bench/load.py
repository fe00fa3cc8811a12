"""A thousand people in the demo forum on PostgreSQL and Redis with two processes, each opening a page every ten seconds,
while a firm voices a need every thirty: what strangers share is made anew after each.

KF_BENCH_SECONDS and KF_LOAD_USERS shorten it; KF_LOAD_NEEDS is the seconds from one need to the next. KF_DATABASE_URL and KF_REDIS_URL name other servers than this machine's.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bench.pages import addresses_of, crowd
from tests.faults.server import Device, Server, new_key
from tests.faults.test_killed_server import form_of

USERS = int(os.environ.get("KF_LOAD_USERS", "1000"))
POSTGRES = os.environ.get("KF_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("KF_REDIS_URL", "redis://127.0.0.1:6379/9")
SECONDS_BETWEEN_NEEDS = float(os.environ.get("KF_LOAD_NEEDS", "30"))


def run() -> dict[str, float]:
    parts, name = urlsplit(POSTGRES), f"kf_load_{secrets.token_hex(4)}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            return _measured(urlunsplit(parts._replace(path=f"/{name}")))
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _measured(database: str) -> dict[str, float]:
    settings = {"KF_DATABASE_URL": database, "KF_REDIS_URL": REDIS}
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(
            Path(folder), settings=settings, arguments=("--demo", "--processes", "2"), patience_seconds=600
        ) as server,
    ):
        addresses = addresses_of(server)
        ended = threading.Event()
        firm = threading.Thread(target=_voice, args=(server.port, ended))
        firm.start()
        try:
            return crowd(server, addresses, users=USERS)
        finally:
            ended.set()
            firm.join()


def _voice(port: int, ended: threading.Event) -> None:
    while not ended.wait(SECONDS_BETWEEN_NEEDS):
        with Device(port) as device:
            device.post("/behov/meld", form_of(new_key()))
