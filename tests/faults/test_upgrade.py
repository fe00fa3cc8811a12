"""A forum of the landing before is brought up to this version: all that was said stands, and every page opens.

`kept/forum-of-the-landing-before.zip` is a backup of its demo forum, made by its own code.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, command, in_the_forum

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).parent / "kept" / "forum-of-the-landing-before.zip"
_WORDS = """
import json
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.offers.models import Offer
print(json.dumps({
    "voices": sorted(Voice.objects.values_list("public_id", "words")),
    "needs": sorted(Need.objects.values_list("public_id", "state")),
    "offers": sorted(Offer.objects.values_list("public_id", "title")),
}))
"""


def _rows(table: str) -> list[dict[str, object]]:
    with zipfile.ZipFile(BEFORE) as archive:
        names, *rows = [json.loads(line) for line in archive.read(f"tables/{table}.jsonl").decode().splitlines()]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_all_that_was_said_stands_and_opens(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = command("restore", str(BEFORE), data=data)
    assert done.returncode == 0, done.stderr
    stands = json.loads(in_the_forum(_WORDS, data=data))
    assert stands == {
        "voices": sorted([row["public_id"], row["words"]] for row in _rows("needs.voice")),
        "needs": sorted([row["public_id"], row["state"]] for row in _rows("needs.need")),
        "offers": sorted([row["public_id"], row["title"]] for row in _rows("offers.offer")),
    }
    shown = [row for row in _rows("needs.need") if not row["held_reason"] and row["state"] != "withdrawn"][:3]
    with Server(data) as server, Device(server.port) as device:
        pages = ["/", "/behov/", "/tilbud/", "/udekket/", "/udekket/?nar=alle&alle=1"]
        pages += [f"/behov/{row['public_id']}" for row in shown]
        assert {page: device.get(page).status for page in pages} == dict.fromkeys(pages, 200)
