"""Signing in by other services: a mock of one runs here, and says what Feide, ID-porten and Ansattporten say."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from kompetanseforum.accounts.models import Identity, Person
from kompetanseforum.accounts.queries import organisation_numbers_of
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from tests.accounts.conftest import who_is

# The mock uses what its own library calls old.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
KARI = "kari@forum.example"
_PARTY = {"orgno": {"authority": "iso6523-actorid-upis", "ID": "0192:987654325"}, "name": "Verftet AS"}
USERS = (
    User(sub="kari", claims={"name": "Kari Elsewhere", "email": KARI, "email_verified": True}),
    User(sub="claims-kari", claims={"name": "Mallory", "email": KARI, "email_verified": False}),
    User(sub="says-true", claims={"name": "Mallory", "email": KARI, "email_verified": "true"}),
    User(sub="sure", claims={"acr": "idporten-loa-high", "pid": "01017012345"}),
    User(sub="unsure", claims={"acr": "idporten-loa-low", "pid": "01017012345"}),
    User(
        sub="acts",
        claims={"authorization_details": [{"type": "ansattporten:altinn:resource", "authorized_parties": [_PARTY]}]},
    ),
    User(sub="acts-for-none", claims={"authorization_details": []}),
)


@dataclass(frozen=True, slots=True)
class Mock:
    address: str

    def sign_in(self, asked: str, *, sub: str) -> str:
        """What a person does over there; the path that the browser comes back to."""
        parts = urlsplit(asked)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"{parts.path}?{parts.query}", urlencode({"sub": sub}), headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    with run_server_in_thread(require_nonce=True, user_claims=USERS) as server:
        yield Mock(f"http://localhost:{server.server_port}")


@pytest.fixture
def services(mock: Mock, settings: Any) -> None:
    """All four, each at the mock."""
    names = ("feide", "idporten", "ansattporten", "oidc")
    settings.SIGN_IN_SERVICES = dict.fromkeys(names, ("forum", "a secret"))
    settings.SOURCE_URLS = settings.SOURCE_URLS | {f"KF_{name.upper()}_URL": mock.address for name in names}
    settings.ANSATTPORTEN_RESOURCE = "urn:altinn:resource:kompetanseforum"


GoAndComeBack = Callable[..., HttpResponse]


@pytest.fixture
def come_by(client: Client, mock: Mock, services: None, forum: Forum) -> GoAndComeBack:
    def one(provider: str, *, sub: str, by: Client = client, then: str = "/min-side") -> HttpResponse:
        gone = by.get(f"/logg-inn/med/{provider}", {"next": then})
        return by.get(mock.sign_in(gone["Location"], sub=sub))

    return one


def test_what_each_service_is_asked(client: Client, services: None, forum: Forum):
    asked = {
        name: parse_qs(urlsplit(client.get(f"/logg-inn/med/{name}")["Location"]).query)
        for name in ("feide", "idporten", "ansattporten")
    }
    for one in asked.values():
        assert (one["response_type"], one["code_challenge_method"]) == (["code"], ["S256"])
        assert len({one["state"][0], one["nonce"][0], one["code_challenge"][0]}) == 3
    assert asked["idporten"]["acr_values"] == ["idporten-loa-substantial"]
    assert "urn:altinn:resource:kompetanseforum" in asked["ansattporten"]["authorization_details"][0]
    assert (asked["idporten"]["scope"], asked["feide"]["scope"]) == (["openid"], ["openid profile email"])


@pytest.mark.slow
def test_a_verified_address_is_the_person_who_has_it(person: Person, client: Client, come_by: GoAndComeBack):
    assert come_by("oidc", sub="kari", then="/behov/")["Location"] == "/behov/"
    assert (who_is(client), Identity.objects.get().person) == ("Kari Lunde", person)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("provider", "sub"), [("oidc", "claims-kari"), ("oidc", "says-true"), ("feide", "claims-kari"), ("feide", "kari")]
)
def test_an_address_that_is_not_verified_is_nobodys(
    provider: str, sub: str, person: Person, client: Client, come_by: GoAndComeBack
):
    """Feide verifies none, so even what it calls verified is not believed."""
    come_by(provider, sub=sub)
    newcomer = Identity.objects.get().person
    assert (newcomer != person, newcomer.email, who_is(client)) == (True, "", newcomer.name)
    assert client.get("/skrivebord").status_code == 403


@pytest.mark.slow
def test_the_same_key_is_the_same_person_next_time(client: Client, come_by: GoAndComeBack):
    come_by("feide", sub="claims-kari")
    other = Client()
    come_by("feide", sub="claims-kari", by=other)
    assert (Person.objects.filter(name="Mallory").count(), who_is(other)) == (1, "Mallory")


def test_one_who_comes_without_a_name_is_asked_for_it_and_no_birth_number_is_kept(
    client: Client, come_by: GoAndComeBack
):
    assert come_by("idporten", sub="sure")["Location"] == "/logg-inn/navn"
    client.post("/logg-inn/navn", {"name": "Ola Vik"})
    assert (who_is(client), Identity.objects.get().subject) == ("Ola Vik", "sure")
    kept = [list(model.objects.values_list()) for model in (Person, Identity)] + [dict(client.session)]
    assert "01017012345" not in str(kept)


def test_id_porten_must_be_sure_enough(client: Client, come_by: GoAndComeBack):
    assert come_by("idporten", sub="unsure")["Location"] == "/logg-inn/avbrutt"
    assert (who_is(client), Identity.objects.exists()) == ("", False)


@pytest.mark.slow
def test_ansattporten_tells_for_whom_one_acts(client: Client, come_by: GoAndComeBack):
    come_by("ansattporten", sub="acts")
    client.post("/logg-inn/navn", {"name": "Liv Ny"})
    assert organisation_numbers_of(ref(Person.objects.get(name="Liv Ny"))) == {"987654325"}
    other = Client()
    assert come_by("ansattporten", sub="acts-for-none", by=other)["Location"] == "/logg-inn/avbrutt"


@pytest.mark.slow
def test_one_links_a_service_to_the_account_one_has(person: Person, client: Client, come_by: GoAndComeBack):
    client.force_login(person)
    come_by("feide", sub="claims-kari")
    other = Client()
    come_by("feide", sub="claims-kari", by=other)
    assert (who_is(client), who_is(other)) == ("Kari Lunde", "Kari Lunde")


@pytest.mark.slow
def test_somebody_elses_key_is_not_taken_over(person: Person, client: Client, come_by: GoAndComeBack):
    come_by("feide", sub="claims-kari")
    other = Client()
    other.force_login(person)
    come_by("feide", sub="claims-kari", by=other)
    assert (Identity.objects.get().person.name, who_is(other)) == ("Mallory", "Kari Lunde")


@pytest.mark.slow
def test_nobody_comes_back_who_did_not_leave(client: Client, mock: Mock, services: None, forum: Forum):
    """A link with somebody else's code signs nobody in: not without the state, and not twice."""
    address = client.get("/logg-inn/med/feide")["Location"]
    back = mock.sign_in(address, sub="claims-kari")
    victim = Client()
    assert (victim.get(back)["Location"], who_is(victim)) == ("/logg-inn/avbrutt", "")
    victim.get("/logg-inn/med/feide")
    assert (victim.get(back)["Location"], who_is(victim)) == ("/logg-inn/avbrutt", "")
    client.get(back)
    assert who_is(client) == "Mallory"
    client.post("/logg-ut")
    assert (client.get(back)["Location"], who_is(client)) == ("/logg-inn/avbrutt", "")


def test_an_answer_to_another_question_does_not_hold(client: Client, mock: Mock, services: None, forum: Forum):
    address = client.get("/logg-inn/med/feide")["Location"]
    session = client.session
    session["gone_elsewhere"] |= {"nonce": "another"}
    session.save()
    assert client.get(mock.sign_in(address, sub="claims-kari"))["Location"] == "/logg-inn/avbrutt"


def test_what_is_not_turned_on_is_not_there(client: Client, forum: Forum):
    assert client.get("/logg-inn/med/feide").status_code == 404
    assert "Feide" not in client.get("/logg-inn").content.decode()


@pytest.mark.slow
def test_a_service_that_does_not_answer_is_told_in_words(client: Client, services: None, forum: Forum, settings: Any):
    settings.SOURCE_URLS = settings.SOURCE_URLS | {"KF_FEIDE_URL": "http://127.0.0.1:1"}
    answer = client.get("/logg-inn/med/feide", follow=True)
    assert "få en kode på e-post" in answer.content.decode()
