"""A prepared data folder, made once and copied: starting a server from it takes a second, not three."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server, command


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    done = command("prepare", data=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own, with tables and the built-in words."""
    return shutil.copytree(prepared, tmp_path / "data")


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
