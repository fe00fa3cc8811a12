"""My page: what goes along from a device to a person, and is found again on another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.accounts.actions import keep_for
from kompetanseforum.accounts.models import Held, Person
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.actions import add_organisation
from tests.accounts.conftest import code_in, who_is

pytestmark = pytest.mark.django_db
KARI = "kari@forum.example"
SignedIn = Callable[..., HttpResponse]


def _voice(words: str) -> Voice:
    return voice_need(said=Said(words=words), by=None, organisation=add_organisation(name=words))


@pytest.mark.slow
def test_what_a_device_held_and_followed_is_found_on_another(
    person: Person, holder_client: Callable[..., Client], signed_in: SignedIn
):
    said, followed = _voice("Vi mangler sveisere"), _voice("Vi mangler snekkere")
    device = holder_client(ref(said))
    device.post(f"/behov/{followed.need.public_id}/folg")
    signed_in(KARI, by=device)
    other = Client()
    signed_in(KARI, by=other)
    page = other.get("/min-side").content.decode()
    assert ("Vi mangler sveisere" in page, followed.need.public_id in page) == (True, True)
    assert other.get(f"/behov/mitt/{said.public_id}").status_code == 200


def test_the_device_holds_nothing_when_the_person_has_signed_out(
    person: Person, holder_client: Callable[..., Client], signed_in: SignedIn
):
    said = _voice("Vi mangler sveisere")
    device = holder_client(ref(said))
    assert device.get(f"/behov/mitt/{said.public_id}").status_code == 200
    signed_in(KARI, by=device)
    device.post("/logg-ut")
    assert device.get(f"/behov/mitt/{said.public_id}").status_code == 403


def test_what_is_followed_while_signed_in_is_the_persons_until_let_go(
    person: Person, client: Client, signed_in: SignedIn
):
    need = _voice("Vi mangler sveisere").need
    signed_in(KARI)
    client.post(f"/behov/{need.public_id}/folg")
    assert list(Held.objects.values_list("person", "which", "ref_id")) == [(person.pk, "followed", need.public_id)]
    client.post(f"/behov/{need.public_id}/slutt-a-folge")
    assert not Held.objects.exists()


def test_another_person_on_the_same_device_finds_nothing_of_the_first(
    person: Person, holder_client: Callable[..., Client], signed_in: SignedIn
):
    said = _voice("Vi mangler sveisere")
    device = holder_client(ref(said))
    signed_in(KARI, by=device)
    device.post("/logg-ut")
    signed_in("ola@firma.example", by=device)
    device.post("/logg-inn/navn", {"name": "Ola Vik"})
    assert (who_is(device), "sveisere" in device.get("/min-side").content.decode()) == ("Ola Vik", False)


def test_a_coordinator_sees_what_awaits_and_goes_to_the_desk(person: Person, client: Client, signed_in: SignedIn):
    voice = _voice("Vi mangler sveisere")
    type(voice.need).objects.update(owner=person)
    signed_in(KARI)
    page = client.get("/min-side").content.decode()
    assert ("Ett behov venter på svar fra deg" in page, 'href="/skrivebord"' in page) == (True, True)


@pytest.mark.slow
def test_my_page_asks_the_database_as_often_for_three_as_for_one(person: Person, client: Client, signed_in: SignedIn):
    signed_in(KARI)
    asked = []
    for _ in range(3):
        keep_for(person=person, which="held", things=[ref(_voice(f"Sagt {len(asked)}"))])
        client.post(f"/behov/{_voice(f'Følges {len(asked)}').need.public_id}/folg")
        client.get("/min-side")
        with CaptureQueriesContext(connection) as queries:
            client.get("/min-side")
        asked.append(len(queries))
    assert asked == [asked[0]] * 3


# Who one is


@pytest.mark.slow
def test_one_says_who_one_is_and_reads_in_ones_own_language(person: Person, client: Client, signed_in: SignedIn):
    signed_in(KARI)
    given = {"name": "Kari Lunde Berg", "phone": "400 00 999", "language": "nn", "notices": "daily"}
    client.post("/min-side/om-meg", given)
    person.refresh_from_db()
    assert {field: getattr(person, field) for field in given} == given
    assert '<html lang="nn"' in client.get("/min-side").content.decode()


def test_a_new_address_counts_when_its_code_has_come_back(
    person: Person, client: Client, signed_in: SignedIn, mailoutbox: list[EmailMessage]
):
    signed_in(KARI)
    client.post("/min-side/e-post", {"email": "kari@ny.example"})
    person.refresh_from_db()
    assert (person.email, mailoutbox[-1].to) == (KARI, ["kari@ny.example"])
    client.post("/min-side/e-post/kode", {"code": code_in(mailoutbox[-1])})
    person.refresh_from_db()
    assert person.email == "kari@ny.example"


@pytest.mark.slow
def test_somebody_elses_address_is_not_taken_over(
    person: Person, client: Client, signed_in: SignedIn, mailoutbox: list[EmailMessage], forum: Forum
):
    signed_in("ola@firma.example")
    client.post("/logg-inn/navn", {"name": "Ola Vik"})
    client.post("/min-side/e-post", {"email": KARI})
    answer = client.post("/min-side/e-post/kode", {"code": code_in(mailoutbox[-1])})
    assert (answer.status_code, Person.objects.get(name="Ola Vik").email) == (422, "ola@firma.example")
    person.refresh_from_db()
    assert (person.email, who_is(client)) == (KARI, "Ola Vik")


@pytest.mark.slow
def test_the_header_says_the_way_in_and_then_the_name(person: Person, client: Client, signed_in: SignedIn):
    assert "Logg inn" in client.get("/").content.decode()
    signed_in(KARI)
    page = client.get("/").content.decode()
    assert ('href="/min-side"' in page, ">Logg inn<" in page) == (True, False)
