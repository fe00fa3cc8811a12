"""A service that cheats, or whose answers were tampered with: nothing it says is believed but what holds."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from kompetanseforum.accounts.clients import Claims, NotSignedIn, service_called
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import OutgoingError
from tests.core.outside import Outside, outside, says, status

CLIENT, SECRET, NONCE, VERIFIER = "forum", "a secret of at least thirty-two letters", "our nonce", "v" * 64
OURS, THEIRS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


def _public(key: rsa.RSAPrivateKey) -> dict[str, Any]:
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": "one", "alg": "RS256"}


@pytest.fixture
def there(settings: Any) -> Iterator[Outside]:
    with outside() as place:
        settings.SIGN_IN_SERVICES = {"oidc": (CLIENT, SECRET)}
        settings.SOURCE_URLS = settings.SOURCE_URLS | {"KF_OIDC_URL": place.address}
        place.at["/.well-known/openid-configuration"] = says(
            {
                "issuer": place.address,
                "authorization_endpoint": f"{place.address}/authorize",
                "token_endpoint": f"{place.address}/token",
                "jwks_uri": f"{place.address}/keys",
                "userinfo_endpoint": f"{place.address}/userinfo",
            }
        )
        place.at["/keys"] = says({"keys": [_public(OURS)]})
        place.at["/userinfo"] = says({"sub": "kari", "name": "Kari"})
        yield place


def _said(place: Outside, **other: Any) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    good = {"iss": place.address, "aud": CLIENT, "sub": "kari", "iat": now, "exp": now + 60, "nonce": NONCE}
    return {name: value for name, value in (good | other).items() if value is not None}


def _claims(place: Outside, token: str) -> Claims:
    place.at["/token"] = says({"id_token": token, "access_token": "access"})
    service = service_called("oidc")
    assert service
    return service.claims(code="code", redirect_uri="https://forum.example/back", nonce=NONCE, verifier=VERIFIER)


def _signed(said: dict[str, Any], key: Any = OURS, algorithm: str = "RS256") -> str:
    return jwt.encode(said, key, algorithm=algorithm, headers={"kid": "one"})


def test_what_holds_is_believed_and_the_verifier_goes_along(there: Outside):
    assert _claims(there, _signed(_said(there))) == Claims(provider="oidc", subject="kari", name="Kari")
    body = next(parse_qs(asked.body.decode()) for asked in there.asked if asked.path == "/token")
    assert (body["code_verifier"], "client_secret" in body) == ([VERIFIER], False)


def test_the_challenge_is_the_hash_of_the_verifier(there: Outside):
    service = service_called("oidc")
    assert service
    address = service.address(redirect_uri="https://forum.example/back", state="s", nonce=NONCE, verifier=VERIFIER)
    expected = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    assert parse_qs(address.partition("?")[2])["code_challenge"] == [expected]


Cheat = Callable[[Outside], str]
CHEATS: dict[str, Cheat] = {
    "signed by another": lambda place: _signed(_said(place), key=THEIRS),
    "signed by our shared secret": lambda place: _signed(_said(place), key=SECRET, algorithm="HS256"),
    "not signed": lambda place: _signed(_said(place), key=None, algorithm="none"),
    "for another client": lambda place: _signed(_said(place, aud="another")),
    "given to another client": lambda place: _signed(_said(place, aud=[CLIENT, "another"], azp="another")),
    "from another issuer": lambda place: _signed(_said(place, iss="https://elsewhere.example")),
    "too old": lambda place: _signed(_said(place, exp=int(clock.now().timestamp()) - 120)),
    "without an end": lambda place: _signed(_said(place, exp=None)),
    "of nobody": lambda place: _signed(_said(place, sub=None)),
    "to another question": lambda place: _signed(_said(place, nonce="another")),
    "to no question": lambda place: _signed(_said(place, nonce=None)),
    "no token": lambda place: "",
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_token_that_does_not_hold_signs_nobody_in(cheat: str, there: Outside):
    with pytest.raises(NotSignedIn):
        _claims(there, CHEATS[cheat](there))


def test_what_is_told_of_somebody_else_is_not_believed(there: Outside):
    there.at["/userinfo"] = says({"sub": "ola", "email": "kari@forum.example", "email_verified": True})
    with pytest.raises(NotSignedIn):
        _claims(there, _signed(_said(there)))


def test_a_service_that_calls_itself_another_is_not_asked_further(there: Outside):
    there.at["/.well-known/openid-configuration"] = says({"issuer": "https://elsewhere.example"})
    with pytest.raises(OutgoingError):
        _claims(there, _signed(_said(there)))
    assert there.paths() == ["/.well-known/openid-configuration"]


def test_tokens_are_not_fetched_from_another_machine(there: Outside):
    there.at["/.well-known/openid-configuration"] = says(
        {
            "issuer": there.address,
            "token_endpoint": "https://elsewhere.example/token",
            "jwks_uri": f"{there.address}/keys",
        }
    )
    with pytest.raises(OutgoingError):
        _claims(there, _signed(_said(there)))


@pytest.mark.parametrize("code", [400, 401, 404])
def test_a_no_is_a_no(code: int, there: Outside):
    service = service_called("oidc")
    assert service
    there.at["/token"] = status(code)
    with pytest.raises(OutgoingError):
        service.claims(code="code", redirect_uri="https://forum.example/back", nonce=NONCE, verifier=VERIFIER)
