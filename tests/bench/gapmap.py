"""Measures the gap map: 10,000 needs × 5,000 offers × 14,000 skills, built and ranked, and ranked after one change.

The baseline is the same ranking in plain Python (dictionaries and sets), in the same run on the same lines.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kompetanse.gap import Balance, DemandLine, SupplyLine
from tests.kompetanse.gap.slow import slow_gaps

NEEDS, OFFERS, SKILLS = 10_000, 5_000, 14_000
AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
REPEATS = 9


def run() -> dict[str, float]:
    """Figures by name. Times are of the wall, in milliseconds; the middle one of several."""
    rng = random.Random(20261123)
    skills = [f"skill-{number:05}" for number in range(SKILLS)]
    demand = [line for number in range(NEEDS) for line in _need(number, skills, rng)]
    supply = [line for number in range(OFFERS) for line in _offer(number, skills, rng)]
    full = _middle(lambda: Balance(demand, supply).gaps(at=AT), repeats=3)
    balance = Balance(demand, supply)
    changes = _changes(demand, supply, rng)
    after_one, after_one_cpu = [], []
    for change in changes:
        started, started_cpu = time.perf_counter(), time.process_time()
        change(balance)
        balance.gaps(at=AT)
        after_one.append(1000 * (time.perf_counter() - started))
        after_one_cpu.append(1000 * (time.process_time() - started_cpu))
    plain = _middle(lambda: slow_gaps(demand, supply, at=AT), repeats=1)
    assert Balance(demand, supply).gaps(at=AT) == slow_gaps(demand, supply, at=AT)
    return {
        "demand_lines": len(demand),
        "supply_lines": len(supply),
        "gaps": len(balance.gaps(at=AT)),
        "full_ms": full,
        "after_one_change_ms": statistics.median(after_one),
        # What it costs when others use the machine too.
        "after_one_change_cpu_ms": statistics.median(after_one_cpu),
        "after_one_change_worst_ms": max(after_one),
        "plain_python_ms": plain,
        "times_faster_after_one_change": plain / statistics.median(after_one),
    }


def _need(number: int, skills: list[str], rng: random.Random) -> list[DemandLine]:
    """One to five voices that ask for one to five skills; a fifth of the needs are closed by now."""
    asked = rng.sample(skills, rng.randint(1, 5))
    since = AT - timedelta(days=rng.uniform(0, 700))
    until = min(AT, since + timedelta(days=rng.uniform(10, 300))) if rng.random() < 0.2 else None
    horizon, group = rng.choice(("now", "soon", "later")), str(rng.randint(1000, 9999))
    lines = []
    for voice in range(rng.randint(1, 5)):
        sector, municipality = rng.choice(("business", "public", "voluntary")), str(3100 + rng.randrange(12))
        people, is_linked = rng.randint(1, 30), rng.random() < 0.6
        is_confirmed = is_linked and rng.random() < 0.7
        lines += [
            DemandLine(
                skill=skill, need=f"n{number}", voice=f"n{number}v{voice}", people=people, horizon=horizon,
                sector=sector, municipality=municipality, occupation_group=group, is_confirmed=is_confirmed,
                is_link_confirmed=is_linked, since=since, until=until,
            )
            for skill in asked
        ]  # fmt: skip
    return lines


def _offer(number: int, skills: list[str], rng: random.Random) -> list[SupplyLine]:
    """Four to twelve outcomes that teach one or two skills each; a third say nothing of places."""
    places = None if rng.random() < 0.33 else rng.randint(5, 60)
    since, municipality = AT - timedelta(days=rng.uniform(0, 700)), str(3100 + rng.randrange(12))
    return [
        SupplyLine(
            skill=skill, offer=f"o{number}", outcome=f"o{number}l{outcome}", places=places, municipality=municipality,
            is_confirmed=rng.random() < 0.5, since=since,
        )
        for outcome in range(rng.randint(4, 12))
        for skill in rng.sample(skills, rng.randint(1, 2))
    ]  # fmt: skip


def _changes(demand: list[DemandLine], supply: list[SupplyLine], rng: random.Random) -> list[Callable[[Balance], None]]:
    """A need gets more people, an offer more places: one at a time."""
    changes: list[Callable[[Balance], None]] = []
    for number in rng.sample(range(OFFERS), REPEATS):
        need = [replace(line, people=line.people + 7) for line in demand if line.need == f"n{number}"]
        offer = [replace(line, places=40) for line in supply if line.offer == f"o{number}"]
        changes.append(lambda balance, lines=need: balance.replace_demand(lines[0].need, lines))  # type: ignore[misc]
        changes.append(lambda balance, lines=offer: balance.replace_supply(lines[0].offer, lines))  # type: ignore[misc]
    return changes


def _middle(work: Callable[[], object], *, repeats: int) -> float:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:<34} {value:>12,.1f}")
