"""A need whose words are not for all, and in which no skill is heard: others have nothing to join or to teach."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.models import Organisation

pytestmark = pytest.mark.django_db

JOIN, OFFER, UNTAUGHT = "Vi trenger også dette", "Tilby dette", "Ingen underviser i dette ennå"


@pytest.fixture
def untold(boat_builder: Organisation) -> Voice:
    return voice_need(said=Said(words="Kan dere ringe oss om noe vi lurer på?"), by=None, organisation=boat_builder)


def _asked_of(client: Client, voice: Voice) -> tuple[bool, bool, bool, bool]:
    """Whether one is asked to join in the list, to join on its page, to offer it, and is told that nobody teaches it."""
    listed = client.get("/behov/").content.decode()
    page = client.get(f"/behov/{voice.need.public_id}").content.decode()
    return JOIN in listed, JOIN in page, OFFER in page, UNTAUGHT in page


def test_nobody_is_asked_to_join_or_offer_what_they_cannot_read(untold: Voice, client: Client):
    assert _asked_of(client, untold) == (False, False, False, False)
    page = client.get(f"/behov/{untold.need.public_id}").content.decode()
    assert "Det som trengs, leses bare av dem som meldte det, og dem som driver forumet." in page
    assert "Se behovet" in client.get("/behov/").content.decode()


def test_what_is_heard_in_it_may_be_joined_though_the_words_are_not_for_all(voice: Voice, client: Client):
    assert _asked_of(client, voice)[:2] == (True, True)
    assert "leses bare av" not in client.get(f"/behov/{voice.need.public_id}").content.decode()


def test_it_is_joined_once_somebody_says_it_for_all_to_read(untold: Voice, workshop: Organisation, client: Client):
    said = Said(words="Vi lurer på det samme, og kan lære bort litt.", words_are_public=True)
    join_need(need=untold.need, said=said, by=None, organisation=workshop)
    assert _asked_of(client, untold) == (True, True, True, True)


def test_those_who_said_it_read_it_as_before(untold: Voice, holder_client: Callable[..., Client]):
    page = holder_client(ref(untold)).get(f"/behov/{untold.need.public_id}").content.decode()
    assert ("ringe oss" in page, "leses bare av" in page, OFFER in page) == (True, False, True)
