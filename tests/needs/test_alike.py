"""Needs that may be the same are suggested to coordinators, and not once somebody has said that they are two."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, keep_apart, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.alike import alike_to, alike_to_each
from kompetanseforum.needs.queries.shown import need_by_id, shown_need

# With real words, since they must be heard.
pytestmark = pytest.mark.usefixtures("metal_trades", "noon")


@pytest.fixture
def asker(person: Person) -> Viewer:
    return Viewer(person=ref(person), roles=frozenset({"coordinator"}))


def need(words: str) -> Need:
    made = need_by_id(voice_need(said=Said(words=words), by=None).need.public_id)
    assert made is not None
    return made


def same_as(one: Need, *, viewer: Viewer) -> list[Need]:
    found = [each.public_id for each in alike_to(shown_need(one, viewer=viewer), viewer=viewer)]
    return [Need.objects.get(public_id=public_id) for public_id in found]


@pytest.mark.slow
def test_the_same_in_other_words_is_suggested_and_a_neighbour_is_not(asker: Viewer):
    one = need("Vi får ikke tak i folk som kan sveise aluminium")
    other = need("Me manglar folk som kan sveise aluminium")
    need("Vi trenger kurs i turnusplanlegging")
    assert same_as(one, viewer=asker) == [other]
    assert same_as(other, viewer=asker) == [one]


@pytest.mark.slow
def test_said_to_be_two_they_are_not_suggested_again(asker: Viewer, person: Person):
    one, other = need("Sveise aluminium"), need("Vi trenger noen til å sveise aluminium")
    assert same_as(one, viewer=asker) == [other]
    keep_apart(one=other, other=one, by=person)
    keep_apart(one=one, other=other, by=person)
    assert same_as(one, viewer=asker) == same_as(other, viewer=asker) == []


@pytest.mark.slow
def test_only_coordinators_see_the_suggestion(coordinator_client: Client, client: Client):
    one = need("Sveise aluminium")
    need("Vi trenger noen til å sveise aluminium")
    address = f"/behov/{one.public_id}"
    assert "Kanskje det samme" in coordinator_client.get(address).content.decode()
    assert "Kanskje det samme" not in client.get(address).content.decode()
    assert "Kanskje det samme" in coordinator_client.get("/skrivebord").content.decode()


@pytest.mark.slow
def test_suggestions_ask_the_database_as_often_for_many_as_for_one(asker: Viewer):
    shown = [shown_need(need("Sveise aluminium"), viewer=asker) for _ in range(3)]
    counts = []
    for some in (shown[:1], shown):
        with CaptureQueriesContext(connection) as asked:
            alike_to_each(some, viewer=asker)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.slow
def test_the_need_and_the_desk_ask_twenty_times_at_most(coordinator_client: Client):
    one = need("Sveise aluminium")
    need("Vi trenger noen til å sveise aluminium")
    for address in (f"/behov/{one.public_id}", "/skrivebord"):
        for kept in caches.all():
            kept.clear()
        with CaptureQueriesContext(connection) as asked:
            assert "Kanskje det samme" in coordinator_client.get(address).content.decode()
        assert len(asked) <= 20, len(asked)
