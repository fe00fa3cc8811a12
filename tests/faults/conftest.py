"""A data folder of the test's own, and servers on it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.faults.server import Server, command, in_the_forum
from tests.ready import FEW_WORDS, ready


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of the test's own, with tables and some of the built-in words."""
    return ready("few_words", tmp_path / "data")


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


@pytest.fixture(scope="session")
def _prepared_on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server, and the name of a database there that is prepared: made once, and copied for each test."""
    address = os.environ.get("KF_DATABASE_URL", "")
    if not address:
        pytest.skip("KF_DATABASE_URL is not set")
    with _database(address) as name:
        folder = ready("few_words", tmp_path_factory.mktemp("postgresql") / "data")
        done = command("prepare", data=folder, KF_DATABASE_URL=_at(address, name))
        assert done.returncode == 0, done.stderr
        in_the_forum(FEW_WORDS, data=folder, KF_DATABASE_URL=_at(address, name))
        yield address, name


@contextmanager
def _database(address: str, *, copy_of: str = "template1") -> Iterator[str]:
    """The name of a new database there, which goes with whatever still asks it."""
    import psycopg

    name = f"kf_faults_{secrets.token_hex(4)}"
    with psycopg.connect(_at(address, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
        try:
            yield name
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def empty_on_postgresql(address: str) -> Iterator[dict[str, str]]:
    """The settings of a database on that server that has no table."""
    with _database(address) as name:
        yield {"KF_DATABASE_URL": _at(address, name)}


def _at(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


@pytest.fixture(params=["sqlite", "postgresql"])
def settings_of_the_server(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An empty forum in its own database: in the data folder, and on the PostgreSQL server that KF_DATABASE_URL names."""
    if request.param == "sqlite":
        yield {}
        return
    address, prepared = request.getfixturevalue("_prepared_on_postgresql")
    with _database(address, copy_of=prepared) as name:
        yield {"KF_DATABASE_URL": _at(address, name)}
