"""A disk that is full: told in Norwegian, nothing half-written, and well again when there is room."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.server import Device, Server, in_the_forum, new_key, voice_fields

pytestmark = pytest.mark.slow

_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
KEPT = "Det du skrev, er lagret på denne enheten."
_STANDS = """
import json
from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.skills.models import SkillLink
from django.db import connection
with connection.cursor() as cursor:
    assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
print(json.dumps([
    sorted(Voice.objects.values_list("sending_key", flat=True)), Need.objects.filter(voices=None).count(),
    FactRow.objects.filter(name="needs.NeedVoiced").count(),
    SkillLink.objects.filter(subject_kind="voice").values("subject_id").distinct().count(),
]))
"""


def send(device: Device, key: str, token: str) -> int:
    fields = voice_fields(key, words=f"Vi må lære å sveise aluminium {key}", organisation="Full AS")
    answer = device.post("/behov/meld", fields, token=token)
    if answer.status == 500:
        assert "Noe sviktet her hos oss" in answer.text and KEPT in answer.text
    return answer.status


def test_a_full_disk_is_told_and_leaves_nothing_half_written(start_server: Callable[..., Server], data: Path) -> None:
    server = start_server()
    before, during, after = ([new_key() for _ in range(4)] for _ in range(3))
    with Device(server.port) as device:
        token = device.token()
        assert [send(device, key, token) for key in before] == [302] * 4
        # No file may grow past this: every write of the database fails as on a full disk.
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        refused = [send(device, key, token) for key in during]
        is_readable = device.get("/behov/").status
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, _UNLIMITED)
        # Room again: the same forms go through, and so do new ones.
        again = [send(device, key, token) for key in (*during, *after)]
    assert (refused, is_readable, again) == ([500] * 4, 200, [302] * 8)
    server.stop()
    assert json.loads(in_the_forum(_STANDS, data=data)) == [sorted([*before, *during, *after]), 0, 12, 12]
