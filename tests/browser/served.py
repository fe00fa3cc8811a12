"""The real server on a free port, with a data folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.faults.server import begin
from tests.warm import Started

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
# Where these forums have it. Not named as a page's script is: some tests hold all of those back.
AXE_ADDRESS = "/static/axe.mjs"
START_SECONDS, STOP_SECONDS = 240, 20


@dataclass(slots=True)
class Served:
    process: subprocess.Popen[bytes] | Started
    address: str
    start_link: str
    folder: Path

    def code_sent_to(self, email: str) -> str:
        """From the newest letter to the address."""
        to_them = [letter for letter in kept_letters(self.folder) if f"To: {email}" in letter]
        found = re.search(r"\b(\d{3}) (\d{3})\b", to_them[-1])
        assert found
        return found[1] + found[2]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def kept_letters(folder: Path) -> list[str]:
    """Oldest first. A forum without a mail server keeps its letters as files; two of one second may share one, each with a
    line of dashes after it.
    """
    files = sorted((folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    return [letter.lstrip() for path in files for letter in path.read_text().split("-" * 79 + "\n") if letter.strip()]


def serve(folder: Path, *arguments: str) -> Served:
    """Port 0: the child takes a free one and tells which, so the address is surely the child's own."""
    axe = folder / AXE_ADDRESS[1:]
    axe.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(AXE, axe)
    log = folder / "said.txt"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KF_", "DJANGO_"))}
    with log.open("wb") as file:
        process = begin(
            *("serve", "--port", "0", *arguments),
            env=kept
            | {
                "KF_DATA_DIR": str(folder),
                "KF_LIMITS": "0",
                "KF_PROXIES": "1",
                "KF_INDEX": "0",
                "PYTHONPATH": str(SOURCES),
            },
            prints=file,
        )
    until = time.monotonic() + START_SECONDS
    while "Ctrl-C" not in log.read_text() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    said = log.read_text()
    address, link = re.search(r"http://localhost:\d+", said), re.search(r"/start/\S+", said)
    if process.poll() is not None or not address or not link:
        process.kill()
        raise AssertionError(f"The server did not start:\n{said}")
    served = Served(process, address[0], link[0], folder)
    while not _answers(served):
        if time.monotonic() > until or process.poll() is not None:
            served.stop()
            raise AssertionError(f"The server does not answer:\n{log.read_text()}")
        time.sleep(0.1)
    return served


def _answers(served: Served) -> bool:
    try:
        with urllib.request.urlopen(f"{served.address}/frisk", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
