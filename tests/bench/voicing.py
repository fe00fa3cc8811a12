"""How long it takes to be heard: the chips while one types, and a need that is sent; beside a page that does nothing."""

from __future__ import annotations

import csv
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.server import Answer, Device, Server, new_key, voice_fields

TIMES = 100
_NEEDS = Path(__file__).parents[1] / "data" / "needs.tsv"


def run() -> dict[str, float]:
    with _NEEDS.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server, Device(server.port) as device:
        token = device.token()

        def hear(number: int) -> Answer:
            return device.post("/kompetanse/hor", {"words": texts[number % len(texts)]}, token=token)

        def chips(number: int) -> Answer:
            """The same with needs that are alike beside them, as the form asks."""
            return device.post("/behov/meld/hort", {"words": texts[number % len(texts)]}, token=token)

        def send(number: int) -> Answer:
            # A device of its own each time: one that has spoken often carries all it holds.
            with Device(server.port) as own:
                own.cookies = {name: value for name, value in device.cookies.items() if name == "csrftoken"}
                fields = voice_fields(new_key(), words=texts[number % len(texts)], organisation=f"Firma {number}")
                return own.post("/behov/meld", fields, token=token)

        for warm in (hear, chips, send):
            warm(0)
        empty = _measured(lambda _: device.get("/frisk"), 200)
        measured = {
            "hear": _measured(hear, 200),
            "chips": _measured(chips, 200),
            "form": _measured(lambda _: device.get("/behov/meld"), 200),
            "voice": _measured(send, 302),
        }
    figures = {"empty.median_ms": empty[0], "empty.p95_ms": empty[1]}
    for name, (median, p95) in measured.items():
        figures |= {f"{name}.median_ms": median, f"{name}.p95_ms": p95, f"{name}.of_empty": median / empty[0]}
    return figures


def _measured(ask: Callable[[int], Answer], status: int) -> tuple[float, float]:
    """Median and p95 in milliseconds. Raises RuntimeError when an answer is another than expected."""
    answers = [ask(number) for number in range(TIMES)]
    if wrong := {answer.status for answer in answers} - {status}:
        raise RuntimeError(f"answered {wrong}, not {status}")
    milliseconds = [answer.seconds * 1000 for answer in answers]
    return statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20, method="inclusive")[18]
