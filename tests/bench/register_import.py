"""Measures Enhetsregisteret coming in: 100,000 generated units (KF_BENCH_UNITS for another number), new and again, on SQLite.

In a database and a process of its own. All units lie in the region, which is the worst there is.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.kompetanse.brreg.making import unit

_SIZES = (None, None, None, 5, 12, 40, 300)
_PLACES = ("3101", "3103", "3105", "3107", "3110", "3118")

# Runs in the child, on an empty data folder.
_MEASURED = """
import json, resource, statistics, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("prepare", verbosity=0)
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.imports import import_register
from kompetanseforum.organisations.models import RegisterUnit
from kompetanseforum.organisations.queries import units_like

path = Path(sys.argv[1])
resting = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

def bring_in():
    row = start_import(by=None, enqueue=str, file_name=path.name)
    with path.open("rb") as file:
        assert import_register(row, file, size=path.stat().st_size)

new = seconds(bring_in)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
again = seconds(bring_in)
units = RegisterUnit.objects.count()
typed = [f"eksempel {number}" for number in range(100, 1100, 20)]
typed += [f"AS {number}" for number in range(100, 1100, 20)]
hits = [1000 * seconds(lambda: units_like(text)) for text in typed]
print(json.dumps({
    "units": units,
    "new_units_per_second": units / new,
    "again_units_per_second": units / again,
    "resting_rss_mb": resting,
    "peak_rss_mb": peak,
    "suggestion_p50_milliseconds": statistics.median(hits),
    "suggestion_p95_milliseconds": statistics.quantiles(hits, n=20)[-1],
    "database_mb": Path(connection.settings_dict["NAME"]).stat().st_size / 1e6,
}))
"""


def _write(path: Path, many: int) -> None:
    """One line at a time, as the register's own file is too large for the memory."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write("[")
        for serial in range(many):
            place = {"kommune": "HER", "kommunenummer": _PLACES[serial % len(_PLACES)]}
            form = {"kode": "ENK" if serial % 4 else "AS"}
            raw = unit(
                serial, forretningsadresse=place, organisasjonsform=form, antallAnsatte=_SIZES[serial % len(_SIZES)]
            )
            file.write(("," if serial else "") + json.dumps(raw, ensure_ascii=False))
        file.write("]")


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "enheter.json.gz"
        _write(path, int(os.environ.get("KF_BENCH_UNITS", "100000")))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KF_")}
        environment = kept | {
            "KF_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings",
            "PYTHONPATH": os.pathsep.join(["src", *(path for path in sys.path if path)]),
        }
        command = [sys.executable, "-c", _MEASURED, str(path)]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(told.splitlines()[-1])
    return figures


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:<34}{value:>12,.2f}")
