"""How soon the forum answers, how much memory it takes at rest, and how much script a first page loads."""

from __future__ import annotations

import gzip
import re
import tempfile
import time
from pathlib import Path

from tests.faults.server import Device, Server

SECONDS_OF_REST = 5
MOST_SECONDS_TO_REST = 60

_SCRIPT = re.compile(r'<script[^>]+src="([^"]+)"|<link[^>]+rel="modulepreload"[^>]+href="([^"]+)"')
_STYLE = re.compile(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"')
_IMPORT = re.compile(r'(?:from|import)\s*"(\.[^"]+\.js)"')


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "plain")
        first = server.start()
        server.stop()
        second = server.start()
        figures = {"first_start_s": first, "second_start_s": second} | _at_rest(server.pid)
        figures |= _first_load(server.port)
        server.stop()
        demo = Server(Path(folder) / "demo", arguments=("--demo",), patience_seconds=300)
        figures["first_start_demo_s"] = demo.start()
        demo.stop()
        figures["second_start_demo_s"] = demo.start()
        figures |= {f"demo.{name}": value for name, value in _at_rest(demo.pid).items()}
        demo.stop()
    return figures


def _at_rest(pid: int) -> dict[str, float]:
    """What is held once the words and the map are in memory, and the most that was held until then."""
    most = 0.0
    seen: list[dict[str, float]] = []
    for _ in range(MOST_SECONDS_TO_REST * 4):
        time.sleep(0.25)
        seen.append(_memory(pid))
        most = max(most, seen[-1]["rss_mb"])
        last = [one["rss_mb"] for one in seen[-SECONDS_OF_REST * 4 :]]
        if len(seen) >= SECONDS_OF_REST * 4 and max(last) - min(last) < 1:
            break
    return seen[-1] | {"most_rss_mb": most}


def _memory(pid: int) -> dict[str, float]:
    """Resident memory of the server and of all it started. In `pss` what both share, such as Python, counts once."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for thread in Path(f"/proc/{pid}/task").iterdir():
        children += (thread / "children").read_text().split()
    everyone = [pid, *sorted({int(child) for child in children})]
    own, *others = (_held_mb(one, "Rss") for one in everyone)
    return {
        "server_rss_mb": own,
        "worker_rss_mb": sum(others),
        "rss_mb": own + sum(others),
        "pss_mb": sum(_held_mb(one, "Pss") for one in everyone),
    }


def _held_mb(pid: int, kind: str) -> float:
    found = re.search(rf"^{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def _first_load(port: int) -> dict[str, float]:
    """Kilobytes of script and style, gzipped, that the front page and the form bring with them."""
    figures = {}
    with Device(port) as device:
        for name, path in (("front", "/"), ("voice", "/behov/meld")):
            page = device.get(path).text
            scripts = _with_imports(device, ["".join(found) for found in _SCRIPT.findall(page)])
            figures[f"{name}.script_gz_kb"] = sum(map(_packed_kb, scripts.values()))
            figures[f"{name}.style_gz_kb"] = sum(_packed_kb(device.get(at).text) for at in _STYLE.findall(page))
            figures[f"{name}.html_gz_kb"] = _packed_kb(page)
    return figures


def _with_imports(device: Device, addresses: list[str]) -> dict[str, str]:
    """The scripts and what they import at once; what they load when asked to is not there on first load."""
    found: dict[str, str] = {}
    waiting = list(addresses)
    while waiting:
        at = waiting.pop()
        if at not in found:
            found[at] = device.get(at).text
            folder = at.rpartition("/")[0]
            waiting += [f"{folder}/{name.removeprefix('./')}" for name in _IMPORT.findall(found[at])]
    return found


def _packed_kb(text: str) -> float:
    return len(gzip.compress(text.encode(), 6)) / 1000
