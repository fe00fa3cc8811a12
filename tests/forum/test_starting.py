"""The first-start link, and the demo forum's made-up people."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.forum.actions import make_start_secret, set_up_demo
from kompetanseforum.forum.models import Forum
from kompetanseforum.forum.queries import duty_person
from tests.accounts.conftest import code_in, who_is

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_first_coordinator_comes_back_by_a_code(forum: Forum, client: Client, mailoutbox: list[EmailMessage]):
    path = f"/start/{make_start_secret()}"
    answer = client.post(path, {"name": "Kari Lunde", "email": "kari@fylket.example", "phone": ""})
    assert (answer["Location"], duty_person().name) == ("/min-side/e-post/kode", "Kari Lunde")
    assert client.get("/skrivebord").status_code == 200
    # The button said «Ta over skrivebordet»: now or later, it is where one comes.
    assert 'href="/skrivebord">Gjør det senere' in client.get("/min-side/e-post/kode").content.decode()
    there = client.post("/min-side/e-post/kode", {"code": code_in(mailoutbox[-1])})
    assert there["Location"] == "/skrivebord"
    other = Client()
    other.post("/logg-inn", {"email": "kari@fylket.example"})
    other.post("/logg-inn/kode", {"code": code_in(mailoutbox[-1])})
    assert (who_is(other), other.get("/skrivebord").status_code) == ("Kari Lunde", 200)


def test_a_slip_of_the_pen_does_not_give_the_desk_away(forum: Forum, client: Client, mailoutbox: list[EmailMessage]):
    client.post(f"/start/{make_start_secret()}", {"name": "Kari Lunde", "email": "kair@fylket.example"})
    stranger = Client()
    stranger.post("/logg-inn", {"email": "kair@fylket.example"})
    stranger.post("/logg-inn/kode", {"code": code_in(mailoutbox[-1])})
    stranger.post("/logg-inn/navn", {"name": "Stranger"})
    assert (who_is(stranger), stranger.get("/skrivebord").status_code) == ("Stranger", 403)


def test_the_start_link_asks_for_an_address_and_works_once(forum: Forum, client: Client):
    path = f"/start/{make_start_secret()}"
    assert client.post(path, {"name": "Kari Lunde"}).status_code == 422
    given = {"name": "Kari Lunde", "email": "kari@fylket.example"}
    assert (client.post(path, given).status_code, Client().post(path, given).status_code) == (302, 404)


def test_a_new_coordinator_never_stands_with_the_number_of_the_one_before(forum: Forum, client: Client):
    set_up_demo()
    path = f"/start/{make_start_secret()}"
    # What a browser sends when only name and address are written anew.
    written = dict(re.findall(r"<input[^>]*name=\"(\w+)\"[^>]*value=\"([^\"]+)\"", client.get(path).content.decode()))
    sent = written | {"name": "Kari Lunde", "email": "kari@fylket.example"}
    client.post(path, sent)
    page = client.get("/").content.decode()
    assert (duty_person().name, duty_person().phone) == ("Kari Lunde", "")
    assert ("400 00 127" in page, "Ring Kari" in page) == (False, False)


def test_a_coordinator_who_comes_back_keeps_the_number_or_writes_a_new_one(forum: Forum, client: Client):
    set_up_demo()
    given = {"name": "Ingrid Aasgaard", "email": "ingrid@forum.example"}
    numbers = []
    for phone in ("", "400 00 999"):
        client.post(f"/start/{make_start_secret(again=True)}", given | {"phone": phone})
        numbers.append(duty_person().phone)
    assert numbers == ["400 00 127", "400 00 999"]


def test_on_a_demo_forum_anybody_is_somebody_made_up(forum: Forum, client: Client):
    set_up_demo()
    assert "Prøv" in client.get("/logg-inn").content.decode()
    client.post("/prov-som", {"person": Person.objects.get(name="Farid Nordby").public_id})
    assert (who_is(client), client.get("/skrivebord").status_code) == ("Farid Nordby", 200)


def test_nobody_real_is_tried_on_a_demo_forum(person: Person, client: Client):
    set_up_demo()
    assert client.post("/prov-som", {"person": person.public_id}).status_code == 404
    assert (who_is(client), "Kari Lunde" in client.get("/logg-inn").content.decode()) == ("", False)


def test_a_forum_that_is_no_demo_lets_nobody_try(forum: Forum, client: Client):
    set_up_demo()
    Forum.objects.update(is_demo=False)
    assert client.post("/prov-som", {"person": Person.objects.get(name="Farid Nordby").public_id}).status_code == 404
    assert (who_is(client), "Farid" in client.get("/logg-inn").content.decode()) == ("", False)
