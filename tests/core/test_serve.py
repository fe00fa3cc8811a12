"""The one command: it says where the forum is, stops as a whole, and needs nothing but what is in the wheel."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.ready import ready

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
# One process, for they share a server; and those of the wheel, which is built for both.
_TOGETHER, _OF_THE_WHEEL = pytest.mark.xdist_group("stays open"), pytest.mark.xdist_group("wheel")


@dataclass(slots=True)
class Served:
    process: subprocess.Popen[bytes]
    address: str
    said: str

    def get(self, path: str, **headers: str) -> str:
        with urllib.request.urlopen(urllib.request.Request(self.address + path, headers=headers), timeout=20) as answer:
            return answer.read().decode()

    def worker_pids(self) -> set[int]:
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(maxsplit=2) for line in listed.splitlines()]
        return {
            int(pid) for pid, parent, args in rows if int(parent) == self.process.pid and "work --with-parent" in args
        }


def _environment(folder: Path, *, code: Path) -> dict[str, str]:
    """Embedded, whatever this test run stands on, and no Node to be found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KF_", "DJANGO_"))}
    return kept | {
        "KF_DATA_DIR": str(folder),
        # An index takes a worker a minute, and is not what is shown here.
        "KF_INDEX": "0",
        "PYTHONPATH": str(code),
        "PATH": "/usr/bin:/bin",
        "PYTHONUNBUFFERED": "1",
    }


def _start(folder: Path, *, code: Path = ROOT / "src") -> Served:
    folder.mkdir(exist_ok=True)
    log = folder / "said.txt"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kompetanseforum", "serve", "--port", "0"],
            env=_environment(folder, code=code),
            cwd=folder,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    _wait(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None)
    said = log.read_text()
    address = re.search(r"http://localhost:\d+", said)
    assert address, said
    served = Served(process, address[0], said)
    _wait(lambda: '"ok"' in served.get("/frisk"))
    return served


def _wait(is_so, *, for_seconds: float = PATIENCE_SECONDS) -> None:
    until = time.monotonic() + for_seconds
    while True:
        try:
            if is_so():
                return
        except OSError:
            pass
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def _served(folder: Path) -> Iterator[Served]:
    running = _start(ready("few_words", folder / "data"))
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """One that the test ends."""
    with _served(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def stays(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all that leave it open."""
    with _served(tmp_path_factory.mktemp("stays")) as running:
        yield running


@pytest.mark.slow
@_TOGETHER
def test_it_tells_the_address_and_lets_the_first_coordinator_in(stays: Served):
    link = re.search(r"http://localhost:\d+(/start/\S+)", stays.said)
    assert link
    assert 'name="name"' in stays.get(link[1])


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_stops_the_worker_too(served: Served, number: signal.Signals):
    _wait(served.worker_pids)
    workers = served.worker_pids()
    served.process.send_signal(number)
    assert served.process.wait(PATIENCE_SECONDS) == 0
    assert [pid for pid in workers if _lives(pid)] == []


@pytest.mark.slow
def test_killed_it_leaves_no_worker_behind(served: Served):
    _wait(served.worker_pids)
    workers = served.worker_pids()
    served.process.kill()
    served.process.wait()
    _wait(lambda: not any(map(_lives, workers)))


@pytest.mark.slow
@_TOGETHER
def test_a_worker_that_falls_is_started_again(stays: Served):
    _wait(stays.worker_pids)
    first = stays.worker_pids()
    os.kill(next(iter(first)), signal.SIGKILL)
    _wait(lambda: stays.worker_pids() - first)


@pytest.mark.slow
@_TOGETHER
def test_a_taken_port_is_told_plainly(stays: Served):
    port = stays.address.rpartition(":")[2]
    with pytest.raises(CommandError, match=rf"Port {port} on 127\.0\.0\.1 cannot be used: .*Try another"):
        call_command("serve", port=int(port))


def test_many_processes_need_redis(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with pytest.raises(CommandError, match="KF_REDIS_URL"):
        call_command("serve", processes=2)


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.mark.slow
@_OF_THE_WHEEL
def test_the_wheel_has_what_a_forum_needs_and_no_more(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "kompetanseforum/core/static/kompetanseforum/site.css",
        "kompetanseforum/core/static/kompetanseforum/site.js",
    } <= set(names)
    sources = sorted(
        path.relative_to(ROOT / "src").with_suffix(".mo").as_posix() for path in (ROOT / "src").rglob("django.po")
    )
    assert sorted(name for name in names if name.endswith(".mo")) == sources
    assert [name for name in names if name.endswith(".po")] == []


@pytest.mark.slow
@_OF_THE_WHEEL
def test_the_wheel_serves_without_node(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "code")
    running = _start(tmp_path / "data", code=tmp_path / "code")
    try:
        page = running.get("/", Cookie="forum_language=nn")
        sheet = re.search(r'href="(/static/kompetanseforum/site\.[^"]+css)"', page)
        assert sheet
        assert "--ds-" in running.get(sheet[1])
        assert '<html lang="nn"' in page
        assert "Hopp til innhaldet" in page
    finally:
        running.process.terminate()
        running.process.wait(PATIENCE_SECONDS)
