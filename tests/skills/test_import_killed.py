"""An import that is killed leaves the old version whole, and the next one goes through."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.server import command
from tests.kompetanse.esco.making import WELD, WELDER, english, needs_skill, skills, zipped
from tests.ready import ready

# One process, for they share the files and the forum before.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("a killed import")]

SKILLS = 3000
# Tells each stage on its own line, and waits at the one asked for until it is killed.
IMPORTER = """
import sys, time
from pathlib import Path
import django
django.setup()
from kompetanseforum.skills.imports import import_esco_files

def tell(stage, done, total):
    print(stage, flush=True)
    if stage == sys.argv[2]:
        time.sleep(60)

import_esco_files([Path(sys.argv[1])], progress=tell)
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KF_")}
    return kept | {
        "KF_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings",
        "PYTHONPATH": os.pathsep.join(["src", *(path for path in sys.path if path)]),
    }


def manage(folder: Path, *words: str) -> None:
    done = command(*words, data=folder)
    assert done.returncode == 0, done.stderr


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    database = sqlite3.connect(folder / "forum.sqlite3")
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = ("concept", "label", "occupationskill", "broader", "edition", "labelrevision")
        return {name: database.execute(f"SELECT * FROM skills_{name} ORDER BY 1").fetchall() for name in tables}
    finally:
        database.close()


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version large enough that each stage writes to the disk."""
    many = [
        (f"{WELD}-{number}", f"skill {number}", "\n".join(f"word {number} {n}" for n in range(8)))
        for number in range(SKILLS)
    ]
    files = english() | {
        "skills_en.csv": skills((WELD, "weld metals", "welding"), *many),
        "occupationSkillRelations.csv": needs_skill(*((WELDER, "optional", uri) for uri, _, _ in many)),
    }
    return zipped(tmp_path_factory.mktemp("newer") / "v1.2.zip", files)


@pytest.fixture(scope="module")
def with_the_old_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a forum that ESCO has come to once: only copied."""
    folder = tmp_path_factory.mktemp("older")
    data = ready("few_words", folder / "data")
    manage(data, "import_esco", str(zipped(folder / "v1.1.1.zip", english())))
    return data


@pytest.mark.parametrize("stage", ["concepts", "labels", "occupation_skills", "broader"])
def test_kill_in_the_middle_leaves_the_old_version(
    tmp_path: Path, with_the_old_version: Path, newer: Path, stage: str
) -> None:
    shutil.copytree(with_the_old_version, tmp_path, dirs_exist_ok=True)
    before = rows(tmp_path)

    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(newer), stage],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as told:
        assert stage in (line.strip() for line in told)
        process.send_signal(signal.SIGKILL)
        process.wait()

    assert rows(tmp_path) == before
    manage(tmp_path, "import_esco", str(newer))
    after = rows(tmp_path)
    assert len(after["concept"]) == len(before["concept"]) + SKILLS
    assert len([pair for pair in after["occupationskill"] if "official" in pair]) == SKILLS
