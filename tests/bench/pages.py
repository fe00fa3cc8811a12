"""200 people in the demo forum, each opening a page every ten seconds; and how much each page asks of the database.

KF_BENCH_SECONDS and KF_BENCH_USERS shorten it.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from http.client import HTTPException
from pathlib import Path

from tests.faults.server import Device, Server, in_the_forum

USERS = int(os.environ.get("KF_BENCH_USERS", "200"))
SECONDS = float(os.environ.get("KF_BENCH_SECONDS", "60"))
SECONDS_BETWEEN = 10.0

_ADDRESSES = """
import json
from django.urls import reverse
from kompetanseforum.gapmap.queries.cut import Cut
from kompetanseforum.gapmap.queries.ranking import ranking
from kompetanseforum.needs.models import Need
from kompetanseforum.offers.models import Offer
needs = Need.objects.filter(held_reason="").exclude(state="withdrawn").order_by("pk")
slugs = [gap.key.rsplit("/", 1)[-1] for gap in ranking(Cut()).gaps[:20]]
print(json.dumps({
    "front": ["/"],
    "needs": [reverse("needs:needs"), reverse("needs:needs") + "?sorter=most", reverse("needs:needs") + "?side=2"],
    "need": [reverse("needs:need", kwargs={"public_id": need.public_id}) for need in needs[:40]],
    "voice": [reverse("needs:voice")],
    "offers": [reverse("offers:offers")],
    "offer": [reverse("offers:offer", kwargs={"public_id": one.public_id}) for one in Offer.objects.order_by("pk")[:40]],
    "map": [reverse("gapmap:map"), reverse("gapmap:map") + "?etter=gruppe"],
    "gap": [reverse("gapmap:skill", kwargs={"slug": slug}) for slug in slugs],
    "skill": [reverse("skills:skill", kwargs={"slug": slug}) for slug in slugs],
}))
"""
# The second time, as a process that has been running for a while.
_QUERIES = """
import json
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
found = {}
for kind, paths in json.loads(%r).items():
    for path in paths[:10]:
        Client().get(path, headers={"host": "localhost"})
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(path, headers={"host": "localhost"}).status_code == 200, path
        found[kind] = max(found.get(kind, 0), len(asked))
print(json.dumps(found))
"""


def run() -> dict[str, float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder), arguments=("--demo",), patience_seconds=300) as server,
    ):
        addresses = addresses_of(server)
        queries: dict[str, int] = json.loads(in_the_forum(_QUERIES % json.dumps(addresses), data=server.data))
        figures = crowd(server, addresses, users=USERS)
    return figures | {f"{kind}.queries": count for kind, count in queries.items()} | {"queries": max(queries.values())}


def addresses_of(server: Server) -> dict[str, list[str]]:
    """Kind of page → addresses, of what the demo forum holds."""
    found: dict[str, list[str]] = json.loads(in_the_forum(_ADDRESSES, data=server.data, **server.settings))
    return found


def crowd(server: Server, addresses: dict[str, list[str]], *, users: int) -> dict[str, float]:
    """How long pages take while so many people open one each ten seconds."""
    _visit_all(server.port, addresses)
    before = _cpu_seconds(server.pid)
    seconds, errors = _visits(server.port, addresses, users=users)
    cpu = _cpu_seconds(server.pid) - before
    pages = sum(map(len, seconds.values()))
    # Unlike the times, the seconds of the processor do not depend on what else the machine does.
    figures: dict[str, float] = {
        "users": users,
        "pages": pages,
        "errors": errors,
        "cpu_per_page_ms": cpu * 1000 / pages,
        "load_before": os.getloadavg()[0],
    }
    everything = [one for found in seconds.values() for one in found]
    for kind, found in {"all": everything, **dict(sorted(seconds.items()))}.items():
        figures |= {f"{kind}.{name}_ms": value * 1000 for name, value in _percentiles(found).items()}
    return figures


def _visit_all(port: int, addresses: dict[str, list[str]]) -> None:
    """Templates read, lexicon and map in memory: what is measured is a forum in use, not its first minute. Twice, since
    there may be two processes.
    """
    for path in [path for paths in addresses.values() for path in paths] * 2:
        with Device(port) as device:
            device.get(path)


def _visits(port: int, addresses: dict[str, list[str]], *, users: int) -> tuple[dict[str, list[float]], int]:
    seconds: dict[str, list[float]] = defaultdict(list)
    errors: list[str] = []
    ends_at = time.monotonic() + SECONDS

    def visit(number: int) -> None:
        rng = random.Random(number)
        next_at = time.monotonic() + rng.uniform(0, SECONDS_BETWEEN)
        while next_at < ends_at:
            time.sleep(max(0.0, next_at - time.monotonic()))
            kind = rng.choice(sorted(addresses))
            path = rng.choice(addresses[kind])
            try:
                # A connection that has idled for ten seconds is closed: each page brings its own.
                with Device(port) as device:
                    answer = device.get(path)
            except (OSError, HTTPException) as error:
                errors.append(f"{path}: {error}")
            else:
                seconds[kind].append(answer.seconds)
                if answer.status != 200:
                    errors.append(f"{path}: {answer.status}")
            next_at += SECONDS_BETWEEN

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(users)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    for error in errors[:5]:
        print(f"  {error}")
    return seconds, len(errors)


def _cpu_seconds(group: int) -> float:
    """Of the server with its processes and its worker, which are one group."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _percentiles(found: list[float]) -> dict[str, float]:
    if len(found) < 2:
        return {}
    cuts = statistics.quantiles(found, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}
