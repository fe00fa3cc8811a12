"""A data folder of the test's own, and servers on it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.faults.server import Server, command
from tests.ready import ready


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of the test's own, with tables and the built-in words."""
    return ready("prepared", tmp_path / "data")


@pytest.fixture
def start_server(data: Path) -> Iterator[Callable[..., Server]]:
    """`start_server(KF_PROXIES="1")`; stopped when the test ends, however it ends."""
    running: list[Server] = []

    def start(**settings: str) -> Server:
        server = Server(data, settings=settings)
        running.append(server)
        server.start()
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings_of_the_server(request: pytest.FixtureRequest, data: Path) -> Iterator[dict[str, str]]:
    """An empty forum in its own database: in the data folder, and on the PostgreSQL server that KF_DATABASE_URL names."""
    if request.param == "sqlite":
        yield {}
        return
    address = os.environ.get("KF_DATABASE_URL", "")
    if not address:
        pytest.skip("KF_DATABASE_URL is not set")
    import psycopg

    parts, name = urlsplit(address), f"kf_faults_{secrets.token_hex(4)}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            made = {"KF_DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
            assert command("prepare", data=data, **made).returncode == 0
            yield made
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
