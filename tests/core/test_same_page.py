"""A page that strangers see alike is made once; what is one reader's own stays with that reader."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from kompetanseforum.core import counted
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, voice_need, withdraw_voice
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]*)"')


@pytest.fixture
def boat_builder(forum: Forum) -> Organisation:
    return add_organisation(name="Batten AS")


def spoken(words: str, firm: Organisation | None = None) -> Voice:
    return voice_need(said=Said(words=words, words_are_public=True), by=None, organisation=firm)


def page_of(need: Need) -> str:
    return f"/behov/{need.public_id}"


@pytest.mark.slow
def test_the_second_stranger_asks_the_tables_for_next_to_nothing(
    boat_builder: Organisation, django_assert_max_num_queries: object
):
    need = spoken("Sveise aluminium", boat_builder).need
    first = Client().get(page_of(need)).content
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        second = Client().get(page_of(need)).content
    assert _TOKEN.sub(b"", second) == _TOKEN.sub(b"", first)


@pytest.mark.slow
def test_each_reader_gets_a_token_of_its_own_that_opens_the_form(boat_builder: Organisation):
    need = spoken("Sveise aluminium", boat_builder).need
    readers = [Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)]
    tokens = [_TOKEN.findall(reader.get(page_of(need)).content)[0].decode() for reader in readers]
    assert tokens[0] != tokens[1]
    statuses = [
        reader.post("/sprak", {"language": "nn", "csrfmiddlewaretoken": token}).status_code
        for reader, token in ((readers[0], tokens[0]), (readers[1], tokens[1]), (readers[0], "x" * 64))
    ]
    assert statuses == [statuses[0], statuses[0], 403]
    assert statuses[0] != 403


@pytest.mark.slow
def test_what_happens_is_seen_at_once(boat_builder: Organisation):
    spoken("Sveise aluminium", boat_builder)
    assert "Kjøre truck" not in Client().get("/behov/").content.decode()
    spoken("Kjøre truck")
    assert "Kjøre truck" in Client().get("/behov/").content.decode()


@contextmanager
def a_crowd() -> Iterator[None]:
    """So many pages are being made that others are given what strangers saw a moment ago."""
    counted._pages_being_made.update(f"another {n}" for n in range(counted.CROWD))
    try:
        yield
    finally:
        counted._pages_being_made.clear()


@pytest.mark.slow
def test_in_a_crowd_a_stranger_is_given_the_page_of_a_moment_ago_and_who_is_known_the_newest(
    boat_builder: Organisation, coordinator_client: Client
):
    spoken("Sveise aluminium", boat_builder)
    Client().get("/behov/")
    spoken("Kjøre truck")
    with a_crowd():
        assert "Kjøre truck" not in Client().get("/behov/").content.decode()
        assert "Kjøre truck" in coordinator_client.get("/behov/").content.decode()
        # Nobody has seen this one before.
        assert "Kjøre truck" in Client().get("/behov/?sorter=voices").content.decode()
    assert "Kjøre truck" in Client().get("/behov/").content.decode()


@pytest.mark.slow
def test_in_a_crowd_too_what_was_taken_back_is_gone_at_once(boat_builder: Organisation):
    voice = spoken("Sveise aluminium", boat_builder)
    assert "Sveise aluminium" in Client().get("/behov/").content.decode()
    spoken("Kjøre truck")
    withdraw_voice(voice=voice, by=None)
    with a_crowd():
        assert "Sveise aluminium" not in Client().get("/behov/").content.decode()


@pytest.mark.slow
def test_in_a_crowd_no_page_is_older_than_a_minute(boat_builder: Organisation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counted, "SECONDS_KEPT", 0.01)
    spoken("Sveise aluminium", boat_builder)
    Client().get("/behov/")
    spoken("Kjøre truck")
    time.sleep(0.02)
    with a_crowd():
        assert "Kjøre truck" in Client().get("/behov/").content.decode()


@pytest.mark.slow
def test_languages_and_filters_are_pages_of_their_own(boat_builder: Organisation):
    spoken("Sveise aluminium", boat_builder)
    pages = [
        Client().get("/behov/", headers={"accept-language": "nb"}).content,
        Client().get("/behov/", headers={"accept-language": "nn"}).content,
        Client().get("/behov/?q=truck", headers={"accept-language": "nb"}).content,
    ]
    assert [b'lang="nb"' in page[:400] for page in pages] == [True, False, True]
    assert [b"Sveise aluminium" in page for page in pages] == [True, True, False]


@pytest.mark.slow
def test_what_only_some_may_see_is_given_to_no_stranger(boat_builder: Organisation, coordinator_client: Client):
    voice = voice_need(said=Said(words="Vi mister canary-kontrakten"), by=None, organisation=boat_builder)
    insider = coordinator_client
    inside = insider.get(page_of(voice.need)).content
    assert b"canary-kontrakten" in inside
    stranger = Client().get(page_of(voice.need))
    assert b"canary-kontrakten" not in stranger.content
    # And the other way round: who is known is never given the strangers' page.
    assert b"canary-kontrakten" in insider.get(page_of(voice.need)).content
    held = Client()
    held.cookies["anything"] = "else"
    assert b"canary-kontrakten" not in held.get(page_of(voice.need)).content
