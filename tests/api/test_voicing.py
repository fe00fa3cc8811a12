"""A need voiced for somebody else by a system that has their word for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.models import Organisation
from tests.api.conftest import token_secret

SAID = {
    "words": "Vi må lære å sveise aluminium",
    "organisation": "Hemmelig Båt AS",
    "spokesperson": "Næringshagen",
    "has_consent": True,
    "municipality": "3110",
    "sector": "business",
    "size": "5-19",
    "people": 3,
    "horizon": "soon",
    "level": "trade",
    "forms": ["evening"],
}


def voiced(system: Client, key: str = "minutes-7", query: str = "", **changes: Any) -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return system.post(f"/api/v1/needs{query}", SAID | changes, content_type="application/json", headers=headers)


@pytest.mark.slow
def test_a_need_comes_in_as_by_the_form_with_the_firms_own_link(region: None, system: Client):
    answer = voiced(system)
    voice = Voice.objects.get()
    need = voice.need
    assert (answer.status_code, answer.json()["need"]) == (201, f"need:{need.public_id}")
    assert (voice.words, voice.people, voice.forms, need.horizon, need.level) == (
        SAID["words"],
        3,
        ["evening"],
        "soon",
        "trade",
    )
    assert (voice.organisation.name, voice.spokesperson.name, voice.place.code) == (
        "Hemmelig Båt AS",
        "Næringshagen",
        "3110",
    )
    assert (voice.words_are_public, voice.name_is_public, voice.is_confirmed) == (False, False, False)
    assert FactRow.objects.get(name="needs.NeedVoiced").actor.startswith("token:")
    # The firm's link opens its own page on a device that has never been here.
    opened = Client().post(answer.json()["link"], follow=True)
    assert SAID["words"] in opened.content.decode()


@pytest.mark.slow
def test_the_same_key_is_the_same_need_and_the_same_answer(region: None, system: Client):
    first, again, other = voiced(system), voiced(system), voiced(system, key="minutes-8")
    assert (first.json() == again.json(), first.json() == other.json()) == (True, False)
    assert (Need.objects.count(), Organisation.objects.filter(name="Hemmelig Båt AS").count()) == (2, 1)


@pytest.mark.slow
def test_a_key_is_each_systems_own(region: None, system: Client):
    another = Client(headers={"Authorization": f"Bearer {token_secret()}"})
    assert voiced(system).json()["need"] != voiced(another).json()["need"]


def test_a_key_that_was_used_for_another_need_is_refused(region: None, system: Client):
    voiced(system)
    answer = voiced(system, words="Noe helt annet", query="?lang=en")
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"where": "header.Idempotency-Key", "words": "This key was used for another need. Make a new one."}],
    )
    assert Need.objects.count() == 1


@pytest.mark.alike
@pytest.mark.parametrize(
    ("changes", "where", "words"),
    [
        ({"words": ""}, "body.words", "Skriv hva dere trenger"),
        ({"words": "x" * 2001}, "body.words", "For langt: høyst 2000."),
        (
            {"has_consent": False},
            "body.has_consent",
            "Spør dem først: et behov meldes for andre bare når de har sagt ja.",
        ),
        ({"organisation": "999999999"}, "body.organisation", "Vi kjenner ingen med nummeret 999999999."),
        ({"people": 0}, "body.people", "Ikke mindre enn 1."),
        ({"sector": "tull"}, "body.sector", "Velg en av: "),
        ({"horizon": None}, "body.horizon", "Velg en av: "),
        ({"email": "kari@"}, "body.email", "E-postadressen er ikke fullstendig"),
        ({"key": ""}, "header.Idempotency-Key", "Dette må være med."),
    ],
)
def test_what_is_wrong_is_told_where_it_stands_and_nothing_is_stored(
    changes: dict[str, Any], where: str, words: str, region: None, system: Client
):
    answer = voiced(system, **changes)
    [fault] = answer.json()["errors"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert (fault["where"], fault["words"].startswith(words)) == (where, True), fault
    assert (Need.objects.count(), Organisation.objects.count()) == (0, 0)


def test_words_with_a_phone_number_are_held_for_a_look(region: None, system: Client):
    answer = voiced(system, words="Ring meg på 400 00 127 om sveising")
    assert (answer.json()["is_held"], Client().get("/api/v1/needs").json()["total"]) == (True, 0)


def test_only_a_token_made_for_it_opens(region: None, coordinator_client: Client, client: Client):
    reader = Client(headers={"Authorization": f"Bearer {token_secret(scopes=())}"})
    assert [voiced(who).status_code for who in (client, coordinator_client, reader)] == [401, 401, 403]
    assert Need.objects.count() == 0


@pytest.mark.slow
def test_one_token_voices_only_so_many(region: None, system: Client, limits: None, noon: object):
    for number in range(200):
        assert (
            system.post(
                "/api/v1/needs",
                SAID | {"words": ""},
                content_type="application/json",
                headers={"Idempotency-Key": f"key-{number:05}"},
            ).status_code
            == 422
        )
    assert voiced(system).status_code == 429


def test_json_that_is_none_is_a_bad_request(region: None, system: Client):
    answer = system.post("/api/v1/needs", "{", content_type="application/json", headers={"Idempotency-Key": "12345678"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
