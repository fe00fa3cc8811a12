"""Who types a need and sees that others say the same joins them, with the words already typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def _typed_and_joined(client: Client, voice: Voice, **more: str) -> str:
    """The page one comes to from "we need this too" among others who say the same."""
    typed = {"words": "Vi trenger aluminiumssveising om kvelden", "sending_key": "k1", "step": "join"}
    heard = client.post("/behov/meld/hort", typed).content.decode()
    [address] = re.findall(r'<button[^>]* name="step" value="join" formaction="([^"]+)"', heard)
    assert address == f"/behov/{voice.need.public_id}/bli-med"
    return client.post(address, typed | more).content.decode()


@pytest.mark.slow
def test_what_one_has_typed_comes_along_when_one_joins_others_instead(client: Client, voice: Voice) -> None:
    page = _typed_and_joined(client, voice, people="10", organisation="Skrogverket AS")
    assert "Vi trenger aluminiumssveising om kvelden</textarea>" in page
    assert 'value="Skrogverket AS"' in page and re.search(r'name="people" value="10"[^>]* checked', page)
    # It is seen, and a form of its own: nobody has joined yet.
    assert ('<details class="more" open>' in page, 'value="k1"' in page) == (True, False)
    assert Voice.objects.count() == 1
    sent = {"organisation": "Skrogverket AS", "words": "Vi trenger aluminiumssveising om kvelden", "sending_key": "k2"}
    client.post(f"/behov/{voice.need.public_id}/bli-med", sent)
    assert Voice.objects.latest("pk").words == "Vi trenger aluminiumssveising om kvelden"


@pytest.mark.slow
def test_one_tap_never_sends_what_one_has_typed_unseen(
    client: Client, voice: Voice, workshop: Organisation, holder_client: Callable[..., Client]
) -> None:
    own = voice_need(said=Said(words="Truckførerbevis"), by=None, organisation=workshop)
    page = _typed_and_joined(holder_client(ref(own)), voice)
    assert "Vi trenger aluminiumssveising om kvelden</textarea>" in page and f'value="{workshop.name}"' in page
    assert Voice.objects.count() == 2
