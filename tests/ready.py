"""Data folders that are ready to serve: made once for this state of the tree, and copied by whoever starts a server.

A first start takes some seconds, and the demo forum half a minute more; there are dozens of them in a whole run.
`python -m tests.ready` makes all of them beforehand.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READY = ROOT / "build/test-data/ready"

# In the names of what welders, drivers and automation speak of.
SOME_WORDS = ("sveis", "pls", "aluminium", "automat", "truck", "bake")

# Tables and the built-in words, assets with their names, and the dictionaries packed.
_PREPARE = """
from django.core.management import call_command
from kompetanseforum.core.assets import collect_assets
from kompetanseforum.skills.queries import lexicon
collect_assets()
call_command("prepare")
lexicon().warm()
"""
_DEMO = """
from django.core.management import call_command
call_command("demo")
"""
# All of a forum but most of its words: a server makes a lexicon of them at each start, a backup carries them all. The
# edition stays, and says that they are there: no start brings them in anew.
FEW_WORDS = f"""
from django.db import connection
from django.db.models import Q
from kompetanseforum.skills.models import Concept, Label
names = [Q(text__icontains=word) for word in {SOME_WORDS}]
some = Label.objects.filter(Q(*names, _connector=Q.OR), language="nb", role="label")
Concept.objects.exclude(pk__in=list(some.values_list("concept_id", flat=True))).delete()
with connection.cursor() as cursor:
    cursor.execute("VACUUM")
"""
# What each is made of: a copy of another, and what is done there.
_KINDS = {"prepared": ("", _PREPARE), "demo": ("prepared", _DEMO), "few_words": ("prepared", FEW_WORDS)}


def ready(kind: str, folder: Path) -> Path:
    """`folder`, made: a copy of a forum that is "prepared", filled as the "demo", or has "few_words"."""
    return Path(shutil.copytree(_made(kind), folder, dirs_exist_ok=True))


def _made(kind: str) -> Path:
    made = READY / f"{kind}-{_state()}"
    with _alone(kind):
        if not made.is_dir():
            for old in READY.glob(f"{kind}-*"):
                shutil.rmtree(old)
            half = READY / f"half-{kind}"
            shutil.rmtree(half, ignore_errors=True)
            before, code = _KINDS[kind]
            if before:
                ready(before, half)
            else:
                half.mkdir()
            _run(code, data=half)
            half.rename(made)
    return made


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    """One of all the processes that test makes it; the others wait."""
    READY.mkdir(parents=True, exist_ok=True)
    with (READY / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _state() -> str:
    """Another whenever a file of ours has changed, and each day: the demo's dates are counted from today."""
    files = sorted(path for path in (ROOT / "src").rglob("*") if path.is_file() and path.suffix != ".pyc")
    state = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(f"{datetime.now(UTC):%Y-%m-%d}\n{_KINDS}\n{state}".encode()).hexdigest()[:16]


def _run(code: str, *, data: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KF_", "DJANGO_"))}
    ours = {"KF_DATA_DIR": str(data), "KF_INDEX": "0", "PYTHONPATH": str(ROOT / "src")}
    settings = {"DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=kept | ours | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    for each in _KINDS:
        _made(each)
    # The processes that test read the same; each would pack them anew.
    if not (dictionaries := READY.parent / "dictionaries").exists():
        shutil.copytree(_made("prepared") / "dictionaries", dictionaries)
