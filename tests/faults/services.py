"""A PostgreSQL and a Redis of a test's own, to be killed: the machine's are left alone."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

_PATIENCE_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def postgres_programs() -> Path | None:
    """Debian keeps them out of the way, by version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


@dataclass(slots=True)
class Service:
    """A process that can be killed and started again on what it had written."""

    command: list[str]
    url: str
    # PostgreSQL does not run as root.
    user: str | None = None
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self.answers():
            # PostgreSQL does not begin before the last of those before it is gone.
            if self._process is None or self._process.poll() is not None:
                self._process = subprocess.Popen(
                    self.command, user=self.user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            assert time.monotonic() < until, f"{self.command[0]} does not answer"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            if self.url.startswith("redis"):
                return bool(redis.Redis.from_url(self.url, socket_connect_timeout=1).ping())
            psycopg.connect(self.url.rpartition("/")[0] + "/postgres", connect_timeout=1).close()
        except (redis.RedisError, psycopg.Error):
            return False
        return True

    def kill(self) -> None:
        """kill -9, with all the processes it has begun (PostgreSQL's each have a group of their own)."""
        assert self._process is not None
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for pid in (parent, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def own_postgres() -> Iterator[Service]:
    programs = postgres_programs()
    assert programs is not None
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="kf-postgres-"))
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    subprocess.run(
        [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N"],
        user=user, check=True, stdout=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    address = f"postgresql://postgres@127.0.0.1:{port}"
    service = Service(
        [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1",
         "-c", f"unix_socket_directories={folder}"],
        url=f"{address}/forum", user=user,
    )  # fmt: skip
    try:
        service.start()
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE forum")
        yield service
    finally:
        service.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_redis(folder: Path) -> Iterator[Service]:
    port = free_port()
    service = Service(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        url=f"redis://127.0.0.1:{port}/0",
    )
    try:
        service.start()
        yield service
    finally:
        service.kill()
