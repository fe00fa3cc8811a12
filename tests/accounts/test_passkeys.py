"""Passkeys at the door, with a key made here: what is replayed, copied, foreign or old opens nothing.

That a browser's own key fits is shown in tests/browser/test_passkeys.py.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Passkey, Person
from kompetanseforum.core import clock
from tests.accounts.conftest import who_is

pytestmark = pytest.mark.django_db
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Key:
    """A phone, as far as the forum sees one."""

    origin: str = "http://testserver"
    count: int = 1
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def data(self) -> AttestedCredentialData:
        public = ES256.from_cryptography_key(self.private.public_key())
        return AttestedCredentialData.create(Aaguid.NONE, b"credential-one", public)

    def kept_for(self, person: Person) -> Passkey:
        return Passkey.objects.create(
            person=person,
            name="Telefonen min",
            credential_id=websafe_encode(b"credential-one"),
            credential=bytes(self.data),
            sign_count=self.count,
            made_at=clock.now(),
        )

    def answer(self, question: dict[str, Any], *, party: str = "testserver", flags: int = PRESENT_AND_VERIFIED) -> str:
        self.count += 1
        client = json.dumps(
            {"type": "webauthn.get", "challenge": question["publicKey"]["challenge"], "origin": self.origin}
        ).encode()
        data = bytes(AuthenticatorData.create(hashlib.sha256(party.encode()).digest(), flags, self.count))
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return json.dumps(
            {
                "id": websafe_encode(b"credential-one"),
                "rawId": websafe_encode(b"credential-one"),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {
                    "clientDataJSON": websafe_encode(client),
                    "authenticatorData": websafe_encode(data),
                    "signature": websafe_encode(signature),
                },
            }
        )


@pytest.fixture
def key(person: Person) -> Key:
    made = Key()
    made.kept_for(person)
    return made


def _asked(client: Client) -> dict[str, Any]:
    return dict(client.post("/logg-inn/passnokkel/spor").json())


def _sent(client: Client, credential: str) -> str:
    client.post("/logg-inn/passnokkel", {"credential": credential})
    return who_is(client)


def test_a_key_opens_its_owners_page(key: Key, client: Client):
    assert _sent(client, key.answer(_asked(client))) == "Kari Lunde"


@pytest.mark.slow
def test_an_answer_works_once(key: Key, client: Client):
    answer = key.answer(_asked(client))
    assert _sent(client, answer) == "Kari Lunde"
    other = Client()
    assert _sent(other, answer) == ""
    _asked(other)
    assert _sent(other, answer) == ""


def test_an_answer_to_an_old_question_does_not_count(key: Key, client: Client, noon: datetime):
    answer = key.answer(_asked(client))
    with clock.at(noon + timedelta(minutes=5, seconds=1)):
        assert _sent(client, answer) == ""


def test_a_copy_of_a_key_that_counts_is_seen(key: Key, client: Client):
    assert _sent(client, key.answer(_asked(client))) == "Kari Lunde"
    key.count -= 1
    other = Client()
    assert _sent(other, key.answer(_asked(other))) == ""


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://evil.testserver", "http://testserver:8001"])
def test_an_answer_given_to_another_site_opens_nothing(origin: str, key: Key, client: Client):
    key.origin = origin
    assert _sent(client, key.answer(_asked(client))) == ""


def test_a_key_that_did_not_ask_for_finger_or_pin_opens_nothing(key: Key, client: Client):
    assert _sent(client, key.answer(_asked(client), flags=AuthenticatorData.FLAG.UP)) == ""


def test_another_key_under_the_same_name_opens_nothing(key: Key, client: Client):
    assert _sent(client, Key().answer(_asked(client))) == ""


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", "nonsense", '{"rawId": 1}', '{"id": "a", "rawId": "a"}']
)
def test_nonsense_is_refused_in_words(credential: str, key: Key, client: Client):
    _asked(client)
    answer = client.post("/logg-inn/passnokkel", {"credential": credential}, follow=True)
    assert "Vi kjenner ikke den passnøkkelen" in answer.content.decode()


def test_one_who_is_put_out_does_not_come_in_by_a_key(key: Key, client: Client, person: Person):
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert _sent(client, key.answer(_asked(client))) == ""


def test_nobody_takes_away_anothers_key(key: Key, client: Client, person: Person):
    client.force_login(add_person(name="Ola Vik"))
    path = f"/min-side/passnokler/{Passkey.objects.get().public_id}/fjern"
    assert (client.post(path).status_code, Passkey.objects.count()) == (403, 1)
    client.force_login(person)
    assert (client.post(path).status_code, Passkey.objects.count()) == (302, 0)


def test_nothing_is_added_without_a_question(client: Client, person: Person):
    client.force_login(person)
    client.post("/min-side/passnokler/ny", {"credential": "{}"})
    assert not Passkey.objects.exists()
