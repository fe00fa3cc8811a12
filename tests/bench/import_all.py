"""Seconds that each real import takes on SQLite: ESCO in English, official Norwegian occupations, NAV, Udir, 200 needs."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from tests.faults.server import command, in_the_forum

_TIMED = """
import json
from pathlib import Path
from tests.real_input.building import steps, timed
print(json.dumps({name: timed((name, step)) for name, step in steps(Path(%r))}))
"""


def run() -> dict[str, float]:
    """In a process of its own, on a disk; nothing without KF_TEST_DATA."""
    data = os.environ.get("KF_TEST_DATA")
    if not data:
        print("  import_all is left out: KF_TEST_DATA is not set")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        command("prepare", data=place)
        seconds: dict[str, float] = json.loads(in_the_forum(_TIMED % data, data=place, PYTHONPATH="src:."))
        again: dict[str, float] = json.loads(in_the_forum(_TIMED % data, data=place, PYTHONPATH="src:."))
        size = sum(path.stat().st_size for path in place.glob("forum.sqlite3*"))
    figures = {f"{name}_s": value for name, value in seconds.items()} | {"all_s": sum(seconds.values())}
    return figures | {f"{name}_again_s": value for name, value in again.items()} | {"database_mb": size / 1e6}
