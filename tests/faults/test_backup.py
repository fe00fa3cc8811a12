"""A forum is kept in one file and comes back the same, whatever happens meanwhile."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, begin, command, environment, in_the_forum, new_key
from tests.faults.test_killed_server import _WHAT_STANDS, Sent, write_until_it_falls
from tests.ready import ready

# One process, for they share the file that is kept and the forum that came back.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backup")]

_FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.queries.shown import link_secret
from kompetanseforum.organisations.actions import add_organisation
for number in range(3):
    firm = add_organisation(name=f"Firma {number} «æøå» \\U0001f6e0", kind="boatbuilder", size="5-19")
    voice = voice_need(said=Said(words="Vi må lære å sveise aluminium\\n\\tog stål"), by=None, organisation=firm)
default_storage.save("offers/kurs 1.csv", ContentFile(b"Tittel;Pris\\nSveising;5\\n\\x00\\xff"))
print(link_secret(voice))
"""


def parts_of(file: Path) -> dict[str, dict[str, object]]:
    """Member → rows and SHA-256."""
    with zipfile.ZipFile(file) as archive:
        parts: dict[str, dict[str, object]] = json.loads(archive.read("manifest.json"))["parts"]
    return parts


def kept(data: Path, **settings: str) -> Path:
    file = data.parent / f"{data.name}-{new_key()}.zip"
    done = command("backup", str(file), data=data, **settings)
    assert done.returncode == 0, done.stderr
    return file


def restored(file: Path, *, data: Path, **settings: str) -> str:
    """What the command says."""
    done = command("restore", str(file), data=data, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True, slots=True)
class Filled:
    """The data folder of a forum where firms have spoken, and the file it was kept in: only looked at, and copied."""

    data: Path
    file: Path
    # The end of one voice's personal link.
    link: str


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    data = ready("few_words", tmp_path_factory.mktemp("filled") / "data")
    link = in_the_forum(_FILL, data=data).strip()
    return Filled(data=data, file=kept(data), link=link)


@pytest.fixture(scope="module")
def came_back(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that the file was restored to, in an empty place: only looked at, and copied."""
    data = tmp_path_factory.mktemp("came_back") / "elsewhere"
    assert "are back" in restored(filled.file, data=data)
    return data


def test_what_comes_back_equals_what_was_kept(filled: Filled, came_back: Path) -> None:
    data, file = filled.data, filled.file
    assert parts_of(kept(came_back)) == parts_of(file)
    assert (parts_of(file)["tables/needs.voice.jsonl"]["rows"], parts_of(file)["files/offers/kurs 1.csv"]["rows"]) == (
        3,
        0,
    )
    assert (came_back / "files" / "offers" / "kurs 1.csv").read_bytes().endswith(b"\x00\xff")
    assert (came_back / "secret").read_text() == (data / "secret").read_text()
    assert {path.stat().st_mode & 0o077 for path in (file, came_back / "secret")} == {0}


@pytest.mark.parametrize("settings_of_the_server", ["postgresql"], indirect=True)
def test_it_moves_to_another_kind_of_database_and_back(
    filled: Filled, tmp_path: Path, settings_of_the_server: dict[str, str]
) -> None:
    file = filled.file
    there = tmp_path / "there"
    # It was prepared, so a forum stands in it.
    refused = command("restore", str(file), data=there, **settings_of_the_server)
    assert "There is a forum here already" in refused.stderr
    assert command("restore", str(file), "--replace", data=there, **settings_of_the_server).returncode == 0
    # A new row gets a number of its own: the sequences stand after the restored rows.
    in_the_forum(_FILL, data=there, **settings_of_the_server)
    assert command("restore", str(file), "--replace", data=there, **settings_of_the_server).returncode == 0
    back = kept(there, **settings_of_the_server)
    restored(back, data=tmp_path / "back")
    assert parts_of(kept(tmp_path / "back")) == parts_of(file)


def test_one_kept_while_firms_write_is_of_one_moment(
    start_server: Callable[..., Server], data: Path, tmp_path: Path
) -> None:
    server, sent = start_server(KF_PROXIES="1"), Sent()
    writers = [threading.Thread(target=write_until_it_falls, args=(server.port, sent)) for _ in range(3)]
    for writer in writers:
        writer.start()
    while len(sent.acknowledged) < 5:
        time.sleep(0.01)
    before = list(sent.acknowledged)
    file = kept(data)
    after = len(sent.acknowledged)
    server.kill()
    for writer in writers:
        writer.join()
    assert after > len(before), "nobody wrote meanwhile"
    restored(file, data=tmp_path / "elsewhere")
    stands = json.loads(in_the_forum(_WHAT_STANDS, data=tmp_path / "elsewhere"))
    here = {voice["key"]: voice for voice in stands["voices"]}
    assert set(before) <= set(here) <= {*sent.acknowledged, *sent.unanswered}
    assert {key for key, voice in here.items() if not voice["links"] or voice["facts"] != 1} == set()
    assert (stands["needs_without_voice"], stands["links_of_nothing"]) == (0, 0)


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    # Inside the largest member, well past its header.
    with zipfile.ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda one: one.compress_size)
    content[largest.header_offset + 200] ^= 0xFF
    file.write_bytes(content)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def _of_a_later_version(file: Path) -> None:
    _rewrite(file, migrations={"needs": ["0999_not_known"]})


def _of_a_later_form(file: Path) -> None:
    _rewrite(file, form=99)


def _something_else(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hallo.txt", "hei")


def _rewrite(file: Path, **changed: object) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changed).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


# One process for all files: what a command ends with is told by the first, and a start costs more than a refusal.
_REFUSED = """
from pathlib import Path
from django.core.management import CommandError, call_command
for file in sorted(Path({folder!r}).glob("*.zip")):
    try:
        call_command("restore", str(file), "--replace")
    except CommandError:
        print(file.stem)
"""


def test_a_file_that_is_not_whole_changes_nothing(filled: Filled, tmp_path: Path) -> None:
    data, spoilt = Path(shutil.copytree(filled.data, tmp_path / "data")), tmp_path / "spoilt"
    spoilt.mkdir()
    harms = (_flipped, _cut, _of_a_later_version, _of_a_later_form, _something_else)
    for harm in harms:
        harm(Path(shutil.copy(filled.file, spoilt / f"{harm.__name__}.zip")))
    done = command("restore", str(spoilt / "_flipped.zip"), "--replace", data=data)
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: ") and "Traceback" not in done.stderr
    refused = in_the_forum(_REFUSED.format(folder=str(spoilt)), data=data).split()
    assert refused == sorted(harm.__name__ for harm in harms)
    assert parts_of(kept(data)) == parts_of(filled.file)


def test_a_forum_that_is_there_is_not_lost_unasked(filled: Filled, data: Path) -> None:
    in_the_forum(_FILL, data=data)
    before = voices_in(data)
    done = command("restore", str(filled.file), data=data)
    assert (done.returncode, "There is a forum here already" in done.stderr) == (1, True)
    assert (len(before), voices_in(data)) == (3, before)


def voices_in(data: Path) -> list[tuple[object, ...]]:
    """Every row, read past the forum: what a command would mend at its start is not mended here."""
    with closing(sqlite3.connect(data / "forum.sqlite3")) as connection:
        return connection.execute("SELECT * FROM needs_voice ORDER BY id").fetchall()


def test_a_killed_restore_leaves_the_forum_that_was_and_is_run_again(filled: Filled, tmp_path: Path) -> None:
    other = Path(shutil.copytree(filled.data, tmp_path / "other"))
    in_the_forum(_FILL, data=other)
    before = voices_in(other)
    for _time in range(3):
        process = begin("restore", str(filled.file), "--replace", env=environment(other))
        while process.poll() is None and not (other / "forum.sqlite3.restoring").exists():
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (len(before), voices_in(other)) == (6, before)
    assert command("restore", str(filled.file), "--replace", data=other).returncode == 0
    assert parts_of(kept(other)) == parts_of(filled.file)


def test_in_a_folder_the_newest_stay(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    for day in range(1, 4):
        (folder / f"forum-2026-01-0{day}-000000.zip").touch()
    assert command("backup", str(folder), "--keep", "2", data=data).returncode == 0
    names = sorted(path.name for path in folder.iterdir())
    assert (len(names), names[0]) == (2, "forum-2026-01-03-000000.zip")
    assert "Last kept" in command("doctor", data=data).stdout


def test_the_links_of_a_voice_open_in_the_forum_that_came_back(filled: Filled, came_back: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(came_back, tmp_path / "elsewhere"))
    with Server(data, arguments=("--no-worker",)) as server, Device(server.port) as device:
        found = [device.get(f"/behov/lenke/{link}").status for link in (filled.link, filled.link[::-1])]
    assert found == [200, 404]
