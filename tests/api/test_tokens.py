"""Tokens: made by a coordinator, seen once, good for what they were made for, until they are not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from kompetanseforum.api.actions import revoke_token
from kompetanseforum.api.models import Scope, Token
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.forum.models import Forum
from tests.api.conftest import token_secret
from tests.gapmap.conftest import Speak

SYSTEMS, MAKE = "/skrivebord/systemer", "/skrivebord/systemer/nokkel"


def _made(client: Client, **changes: object) -> str:
    """The page after the form was sent."""
    form = {"name": "Næringshagens nettsted", "scopes": [Scope.VOICE_NEEDS], "expires_on": "2027-06-01", **changes}
    return client.post(MAKE, form).content.decode()


def _secret_on(page: str) -> str:
    return page.split('<code id="copy-address">')[1].split("<", maxsplit=1)[0]


def _status(secret: str, path: str = "needs") -> int:
    return Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_seen_once_and_kept_nowhere(coordinator_client: Client, noon: datetime):
    secret = _secret_on(_made(coordinator_client))
    token = Token.objects.get()
    assert (token.name, token.scopes, str(token.expires_on)) == (
        "Næringshagens nettsted",
        ["needs:voice"],
        "2027-06-01",
    )
    assert secret not in str(Token.objects.values()) + coordinator_client.get(SYSTEMS).content.decode()
    assert _status(secret) == 200


def test_the_same_form_sent_twice_is_one_token_and_its_secret_is_not_shown_again(
    coordinator_client: Client, noon: datetime
):
    secret = _secret_on(_made(coordinator_client, sending_key="once"))
    again = _made(coordinator_client, sending_key="once")
    assert (Token.objects.count(), secret in again) == (1, False)


@pytest.mark.alike
@pytest.mark.parametrize("expires_on", ["2026-11-23", "2028-11-25", "tull", ""])
def test_a_token_has_an_end_within_two_years(expires_on: str, coordinator_client: Client, noon: datetime):
    assert "ds-error-summary" in _made(coordinator_client, expires_on=expires_on)
    assert not Token.objects.exists()


def test_a_revoked_token_opens_nothing_at_once(coordinator_client: Client, noon: datetime):
    secret = _secret_on(_made(coordinator_client))
    token = Token.objects.get()
    coordinator_client.post(f"{SYSTEMS}/nokkel/{token.public_id}/trekk")
    revoke_token(token=token, by=None)
    assert _status(secret) == 401
    facts = FactRow.objects.filter(about_kind="token").order_by("pk").values_list("name", "about_id")
    assert list(facts) == [("api.TokenMade", token.public_id), ("api.TokenRevoked", token.public_id)]


def test_a_token_is_good_to_its_day_and_no_longer(forum: Forum, noon: datetime):
    secret = token_secret(days=7)
    with clock.at(noon + timedelta(days=7)):
        assert _status(secret) == 200
    with clock.at(noon + timedelta(days=8)):
        assert _status(secret) == 401


def test_what_is_no_token_is_told_so_in_the_language_asked_for(forum: Forum, client: Client):
    for given in ("Bearer kf_tull", "Bearer ", "Basic a2Y6a2Y=", "kf_tull"):
        answer = client.get("/api/v1/needs?lang=nn", headers={"Authorization": given})
        assert (answer.status_code, answer.headers["Content-Type"], answer.headers["WWW-Authenticate"]) == (
            401,
            "application/problem+json",
            "Bearer",
        )
        assert answer.json()["title"] == "Vi veit ikkje kven som spør"


def test_guessing_is_stopped_and_a_right_token_still_opens(forum: Forum, limits: None, noon: datetime):
    secret = token_secret()
    assert [_status("kf_wrong") for _ in range(31)] == [401] * 30 + [429]
    assert _status(secret) == 200


@pytest.mark.slow
def test_one_network_has_its_limit_and_each_token_its_own(forum: Forum, limits: None, noon: datetime):
    first, second = token_secret(), token_secret()
    statuses = [Client().get("/api/v1/organisations").status_code for _ in range(101)]
    assert statuses == [200] * 100 + [429]
    answer = Client().get("/api/v1/organisations?lang=en")
    assert (answer.headers["Content-Type"], answer.headers["Retry-After"]) == ("application/problem+json", "60")
    assert answer.json()["title"] == "Too many requests"
    assert [_status(first, "organisations") for _ in range(601)] == [200] * 600 + [429]
    assert _status(second, "organisations") == 200


def test_with_a_token_one_asks_as_the_system_and_not_as_the_cookie(
    speak: Speak, coordinator_client: Client, secret: str
):
    voice = speak("Hemmelige ord om å sveise aluminium")
    assert coordinator_client.get("/api/v1/needs").json()["items"][0]["words"] == voice.words
    asked = coordinator_client.get("/api/v1/needs", headers={"Authorization": f"Bearer {secret}"})
    assert asked.json()["items"][0]["words"] is None


def test_use_is_noted_to_the_hour(forum: Forum, noon: datetime):
    secret = token_secret()
    for minutes, noted in ((0, noon), (59, noon), (61, noon + timedelta(minutes=61))):
        with clock.at(noon + timedelta(minutes=minutes)):
            _status(secret)
        assert Token.objects.get().used_at == noted
