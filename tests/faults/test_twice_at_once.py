"""The same form, or the same firm, twice in the same moment: one need, one voice; and the last place is one's."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.server import Answer, Device, Server, in_the_forum, new_key, voice_fields

pytestmark = pytest.mark.slow

AT_ONCE = 6


def all_at_once(sends: list[Callable[[], Answer]]) -> list[Answer]:
    """Every one of them held back until all are ready."""
    ready, answers = threading.Barrier(len(sends)), []

    def send(one: Callable[[], Answer]) -> None:
        ready.wait()
        answers.append(one())

    threads = [threading.Thread(target=send, args=(one,)) for one in sends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


_COUNTS = """
import json
from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.models import Organisation
print(json.dumps([Need.objects.count(), Voice.objects.count(), Organisation.objects.count(),
                  sorted(FactRow.objects.filter(name__startswith="needs.").values_list("name", flat=True))]))
"""


def test_the_same_form_sent_six_times_at_once_is_one_need_of_one_firm(
    start_server: Callable[..., Server], settings_of_the_server: dict[str, str], data: Path
) -> None:
    server = start_server(**settings_of_the_server)
    fields = voice_fields(new_key(), words="Vi må lære å sveise aluminium", organisation="Samtidig AS")
    devices = [Device(server.port) for _ in range(AT_ONCE)]
    tokens = [device.token() for device in devices]

    def sending(device: Device, token: str) -> Callable[[], Answer]:
        return lambda: device.post("/behov/meld", fields, token=token)

    answers = all_at_once([sending(*pair) for pair in zip(devices, tokens, strict=True)])
    for device in devices:
        device.close()
    assert Counter((answer.status, answer.location) for answer in answers) == {(302, answers[0].location): AT_ONCE}
    counts = json.loads(in_the_forum(_COUNTS, data=data, **settings_of_the_server))
    assert counts == [1, 1, 1, ["needs.NeedVoiced"]]


def test_a_firm_that_joins_six_times_at_once_has_one_voice(
    start_server: Callable[..., Server], settings_of_the_server: dict[str, str], data: Path
) -> None:
    server = start_server(**settings_of_the_server)
    with Device(server.port) as first:
        first.post("/behov/meld", voice_fields(new_key(), words="Vi må lære truck", organisation="Først AS"))
        found = in_the_forum(
            "from kompetanseforum.needs.models import Need; print(Need.objects.get().public_id)",
            data=data, **settings_of_the_server,
        )  # fmt: skip
    address = f"/behov/{found.strip()}/bli-med"
    devices = [Device(server.port) for _ in range(AT_ONCE)]
    tokens = [device.token() for device in devices]

    def joining(device: Device, token: str) -> Callable[[], Answer]:
        return lambda: device.post(address, {"organisation": "Også AS", "sending_key": new_key()}, token=token)

    answers = all_at_once([joining(*pair) for pair in zip(devices, tokens, strict=True)])
    for device in devices:
        device.close()
    assert [answer.status for answer in answers] == [302] * AT_ONCE
    counts = json.loads(in_the_forum(_COUNTS, data=data, **settings_of_the_server))
    assert counts == [1, 2, 2, ["needs.NeedVoiced", "needs.VoiceAdded"]]


_MEETING = """
from datetime import timedelta
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.events.actions import Called, call_meeting
called = Called(title="Folk til båt", starts_at=clock.now() + timedelta(days=3), places=1)
print(call_meeting(called=called, by=NOBODY).public_id)
"""
_SIGNED_UP = "from kompetanseforum.events.models import SignUp; print(SignUp.objects.count())"


def test_the_last_place_at_a_meeting_goes_to_one_of_six(
    start_server: Callable[..., Server], settings_of_the_server: dict[str, str], data: Path
) -> None:
    server = start_server(**settings_of_the_server)
    meeting = in_the_forum(_MEETING, data=data, **settings_of_the_server).strip()
    devices = [Device(server.port) for _ in range(AT_ONCE)]
    tokens = [device.token() for device in devices]

    def signing_up(device: Device, token: str) -> Callable[[], Answer]:
        fields = {"name": "Kari", "heads": "1", "sending_key": new_key()}
        return lambda: device.post(f"/moteplasser/{meeting}/meld-deg-pa", fields, token=token)

    answers = all_at_once([signing_up(*pair) for pair in zip(devices, tokens, strict=True)])
    for device in devices:
        device.close()
    assert Counter(answer.status for answer in answers) == {302: 1, 422: AT_ONCE - 1}
    assert in_the_forum(_SIGNED_UP, data=data, **settings_of_the_server).strip() == "1"
