"""Coordinators who must sign in with a passkey: who only reads their e-mail does not get to the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.accounts.actions.sessions import WAY
from kompetanseforum.accounts.models import Passkey, Person
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import change_forum, give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.forum.queries import this_forum
from tests.accounts.test_passkeys import Key

pytestmark = pytest.mark.django_db
MakeMember = Callable[..., Person]


def came_in(person: Person, way: str) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session[WAY] = way
    session.save()
    return client


@pytest.fixture
def demanded(person: Person) -> Person:
    change_forum(by=ref(person), values={"demands_passkey": True})
    return person


def _settings(client: Client, **more: str) -> int:
    forum = this_forum()
    given = {"name": forum.name, "region": forum.region, "answer_days": "14", "palette": forum.palette} | more
    return client.post("/innstillinger", given).status_code


def test_nothing_more_is_asked_in_a_forum_that_has_not_said_so(person: Person):
    assert came_in(person, "code").get("/medlemmer").status_code == 200


@pytest.mark.parametrize(
    ("way", "status"),
    [("code", 403), ("", 403), ("invitation", 403), ("feide", 403), ("passkey", 200), ("idporten", 200)],
)
def test_the_desk_opens_for_two_factors_alone(way: str, status: int, demanded: Person):
    client = came_in(demanded, way)
    assert (client.get("/skrivebord").status_code, client.get("/medlemmer").status_code) == (status, status)


def test_my_page_says_what_to_do(demanded: Person):
    page = came_in(demanded, "code").get("/min-side").content.decode()
    assert ("Gå videre med en passnøkkel" in page, "/skrivebord" in page) == (True, False)


def test_others_are_asked_for_nothing_more(demanded: Person):
    ola = Person.objects.create(name="Ola Vik", email="ola@firma.example", joined_at=demanded.joined_at)
    give_role(person=ola, role=Role.FACILITATOR)
    assert came_in(ola, "code").get("/innhenting").status_code == came_in(ola, "passkey").get("/innhenting").status_code


def test_one_who_has_a_passkey_adds_and_takes_away_none_without_it(demanded: Person):
    """Who has come in by the e-mail alone does not make a key of their own and come back with it."""
    Key().kept_for(demanded)
    thief = came_in(demanded, "code")
    key = Passkey.objects.get()
    asked = thief.post("/min-side/passnokler/spor").status_code
    added = thief.post("/min-side/passnokler/ny", {"credential": "{}"}).status_code
    taken = thief.post(f"/min-side/passnokler/{key.public_id}/fjern").status_code
    assert (asked, added, taken, Passkey.objects.count()) == (403, 403, 403, 1)
    assert came_in(demanded, "passkey").post("/min-side/passnokler/spor").status_code == 200


def test_the_first_passkey_is_added_after_a_code(demanded: Person):
    assert came_in(demanded, "code").post("/min-side/passnokler/spor").status_code == 200


def test_a_lost_passkey_is_taken_away_by_another_coordinator(demanded: Person):
    Key().kept_for(demanded)
    other = Person.objects.create(name="Eva Dal", email="eva@forum.example", joined_at=demanded.joined_at)
    give_role(person=other, role=Role.COORDINATOR)
    came_in(other, "passkey").post(f"/medlemmer/{demanded.public_id}/logg-ut", {"passkeys": "on"})
    assert not Passkey.objects.exists()
    demanded.refresh_from_db()
    assert came_in(demanded, "code").post("/min-side/passnokler/spor").status_code == 200


def test_nobody_shuts_themselves_out_with_it(person: Person):
    assert _settings(came_in(person, "code"), demands_passkey="on") == 422
    assert not this_forum().demands_passkey
    strong = came_in(person, "passkey")
    assert (_settings(strong, demands_passkey="on"), this_forum().demands_passkey) == (302, True)
    assert (_settings(strong), this_forum().demands_passkey) == (302, False)
