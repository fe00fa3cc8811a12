"""Measures the import of all of English ESCO and the official Norwegian occupations on SQLite.

`KF_TEST_DATA=folder python -m tests.bench.esco_import`; in a database and a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Runs in the child, on an empty data folder.
_MEASURED = """
import json, resource, statistics, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from kompetanseforum.skills.actions import load_vocabulary
from kompetanseforum.skills.imports import import_esco_files
from kompetanseforum.skills.models import Broader, Concept, Label, OccupationSkill
from kompetanseforum.skills.queries import hear

def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

esco = Path(sys.argv[1]) / "01_esco"
files = [esco / "v1.1.1_en", esco / "v1.1.1_relations", esco / "v1.0.8_no"]
words = "Vi trenger to som kan sveise aluminium, helst med sertifikat. Vi har nok snekkere."
storing = []

def tell(stage, done, total):
    if stage != "reading" and not storing:
        storing.append(time.perf_counter())

figures = {
    "vocabulary_first_seconds": seconds(load_vocabulary),
    "vocabulary_again_seconds": seconds(load_vocabulary),
    "first_hearing_starter_seconds": seconds(lambda: hear(words, language="nb")),
    "hearing_starter_milliseconds": 1000 * statistics.median(seconds(lambda: hear(words, language="nb")) for _ in range(50)),
}
figures["import_seconds"] = seconds(lambda: import_esco_files(files, progress=tell))
figures["writing_seconds"] = time.perf_counter() - storing[0]
figures["import_peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures["import_again_seconds"] = seconds(lambda: import_esco_files(files))
for model in (Concept, Label, OccupationSkill, Broader):
    figures[f"{model._meta.model_name}_rows"] = model.objects.count()
figures["new_lexicon_seconds"] = seconds(lambda: hear(words, language="nb"))
figures["hearing_milliseconds"] = 1000 * statistics.median(seconds(lambda: hear(words, language="nb")) for _ in range(50))
figures["database_mb"] = Path(connection.settings_dict["NAME"]).stat().st_size / 1e6
print(json.dumps(figures))
"""


def run() -> dict[str, float]:
    """Figures by name; empty without KF_TEST_DATA."""
    data = os.environ.get("KF_TEST_DATA")
    if not data:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KF_")}
        environment = kept | {
            "KF_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings",
            "PYTHONPATH": os.pathsep.join(["src", *(path for path in sys.path if path)]),
        }
        command = [sys.executable, "-c", _MEASURED, str(Path(data).resolve())]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(told.splitlines()[-1])
    return figures


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:<34}{value:>12,.2f}")
