"""Fifty people who write what they need at the same time: how long the chips take to come, with the index and by words alone.

Each writes five letters a second and stops a little after every other word, which is when the page asks (it waits 400 ms).
KF_BENCH_SECONDS and KF_BENCH_USERS shorten it.
"""

from __future__ import annotations

import csv
import os
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

from tests.faults.server import Answer, Device, Server, command, in_the_forum

PEOPLE = int(os.environ.get("KF_BENCH_USERS", "50"))
SECONDS = float(os.environ.get("KF_BENCH_SECONDS", "60"))
SECONDS_A_LETTER = 0.2
SECONDS_WAITED = 0.4
_PATIENCE_SECONDS = 600
_IS_HEARD_ANEW = """
from kompetanseforum.skills.queries import is_heard_anew
print(is_heard_anew())
"""
_NEEDS = Path(__file__).parents[1] / "data" / "needs.tsv"


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with Server(data, arguments=("--demo",), patience_seconds=300) as server:
            figures = {f"by_words.{name}": value for name, value in _typing(server.port).items()}
        print("  " + command("build_index", data=data).stdout.strip())
        with Server(data, arguments=("--demo",), patience_seconds=300) as server:
            _wait_until_all_is_heard(server)
            return figures | {f"by_index.{name}": value for name, value in _typing(server.port).items()}


def _typing(port: int) -> dict[str, float]:
    with _NEEDS.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    seconds: list[float] = []
    wrong: list[int] = []
    began = time.monotonic()

    def write(number: int) -> None:
        rng = random.Random(number)
        time.sleep(rng.uniform(0, 3))
        with Device(port) as device:
            token = device.token()
            while time.monotonic() - began < SECONDS:
                for pause, words in _as_written(rng.choice(texts), rng):
                    time.sleep(pause)
                    answer = _heard(device, words, token)
                    seconds.append(answer.seconds)
                    wrong.extend([answer.status] if answer.status != 200 else [])

    with Device(port) as first:
        first.post("/behov/meld/hort", {"words": texts[0]})
    people = [threading.Thread(target=write, args=(number,)) for number in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    if wrong:
        raise RuntimeError(f"answered {set(wrong)}, not 200")
    return {
        "people": PEOPLE,
        "questions_a_second": len(seconds) / (time.monotonic() - began),
        "median_ms": statistics.median(seconds) * 1000,
        "p95_ms": statistics.quantiles(seconds, n=20, method="inclusive")[18] * 1000,
    }


def _heard(device: Device, words: str, token: str) -> Answer:
    """Once more where the connection was closed while somebody thought, as a browser does."""
    try:
        return device.post("/behov/meld/hort", {"words": words}, token=token)
    except (OSError, HTTPException):
        return device.post("/behov/meld/hort", {"words": words}, token=token)


def _wait_until_all_is_heard(server: Server) -> None:
    """With the index that has gone live; the worker has the processor to itself until then."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while in_the_forum(_IS_HEARD_ANEW, data=server.data).strip() == "True":
        if time.monotonic() > until:
            raise TimeoutError("words are still heard anew")
        time.sleep(2)


def _as_written(text: str, rng: random.Random) -> Iterator[tuple[float, str]]:
    """Seconds until the page asks, and what stands there then."""
    words = text.split()
    for end in range(2, len(words) + 2, 2):
        new = " ".join(words[end - 2 : end])
        yield len(new) * SECONDS_A_LETTER + SECONDS_WAITED + rng.uniform(0, 0.5), " ".join(words[:end])
