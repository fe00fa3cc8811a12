"""kill -9 in the middle of an import of ESCO: what stood there stands whole, and the import can be run again."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.faults.server import begin, command, environment
from tests.kompetanse.esco.making import BASE, broader, groups, needs_skill, occupations, skills, zipped

pytestmark = pytest.mark.slow

KILLS = min(int(os.environ.get("KF_TEST_KILLS", "3")), 20)
MANY = 6_000


def esco(folder: Path, *, word: str) -> Path:
    """A classification as large as a third of ESCO; every name of it holds `word`."""
    uris = [f"{BASE}/skill/{number:05}" for number in range(MANY)]
    workers = [f"{BASE}/occupation/{number:04}" for number in range(300)]
    return zipped(
        folder / f"{word} ESCO dataset - v1.1.1 - classification - en - csv.zip",
        {
            "skills_en.csv": skills(
                *((uri, f"{word} {uri[-5:]}", "\n".join(f"{word} {uri[-5:]} {n}" for n in range(5))) for uri in uris)
            ),
            "occupations_en.csv": occupations(*((uri, "7212", f"{word} worker {uri[-4:]}") for uri in workers)),
            "ISCOGroups_en.csv": groups("ISCOGroup", (f"{BASE}/isco/C7212", "7212", f"{word} group")),
            "occupationSkillRelations.csv": needs_skill(
                *(
                    (worker, "essential", uris[(17 * n + m) % MANY])
                    for n, worker in enumerate(workers)
                    for m in range(40)
                )
            ),
            "broaderRelationsOccPillar.csv": broader(*((worker, f"{BASE}/isco/C7212") for worker in workers)),
        },
    )


def database(data: Path) -> sqlite3.Connection:
    return sqlite3.connect(data / "forum.sqlite3", timeout=0, isolation_level=None)


def everything(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row that an import may change."""
    tables = {
        "skills_concept": "uri, kind, code, isco_group, version, is_obsolete",
        "skills_label": "concept_id, language, role, origin, text",
        "skills_occupationskill": "occupation_id, skill_id, is_essential, origin",
        "skills_broader": "concept_id, broader_id",
        "skills_edition": "version, language, sha256",
        "skills_labelrevision": "token",
        "core_fact": "name, content",
    }
    connection = database(data)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {name: sorted(connection.execute(f"SELECT {columns} FROM {name}")) for name, columns in tables.items()}
    finally:
        connection.close()


def is_being_written(data: Path) -> bool:
    connection = database(data)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def kill_while_it_writes(file: Path, *, data: Path, after_seconds: float) -> bool:
    """Whether the import was still at it."""
    process = begin("import_esco", str(file), env=environment(data))
    try:
        while process.poll() is None and not is_being_written(data):
            time.sleep(0.01)
        time.sleep(after_seconds)
        is_at_it = process.poll() is None and is_being_written(data)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return is_at_it


def test_a_killed_import_leaves_the_old_names_whole_and_can_be_run_again(data: Path, tmp_path: Path) -> None:
    old, new = esco(tmp_path, word="old"), esco(tmp_path, word="new")
    assert command("import_esco", str(old), data=data).stderr == ""
    before = everything(data)
    rng = random.Random(11)
    were_at_it = []
    for _ in range(KILLS):
        were_at_it.append(kill_while_it_writes(new, data=data, after_seconds=rng.uniform(0.02, 0.4)))
        assert everything(data) == before
    assert any(were_at_it)

    again = command("import_esco", str(new), data=data)
    assert (again.returncode, again.stderr) == (0, "")
    after = everything(data)
    names = [row[-1] for row in after["skills_label"] if row[3] == "official"]
    assert (len(names), {str(name).split()[0] for name in names}) == (MANY * 6 + 301, {"new"})
    assert [row[0] for row in after["skills_edition"]] == ["1.1.1", "1.1.1", "starter"]
    assert "Ingenting" in command("import_esco", str(new), data=data).stdout
