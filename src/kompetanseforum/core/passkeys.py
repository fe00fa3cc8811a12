"""What a browser's passkey is asked and what it answers, checked by `fido2`. Knows nobody; keeps nothing.

Loaded at the first passkey (`core.memory.late`), since few processes ever meet one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

# Any: JSON, as the browser and the session carry it.
Json = Mapping[str, Any]


class WrongAnswer(ValueError):
    """Not for this page, not to this question, or no answer at all."""


@dataclass(frozen=True, slots=True)
class NewKey:
    name: str
    credential: bytes
    count: int


def _server(origin: str) -> Fido2Server:
    """Answers only to the one address that the page was asked at: not to its subdomains."""
    host = urlsplit(origin).hostname or ""
    party = PublicKeyCredentialRpEntity(name=host, id=host)
    return Fido2Server(party, verify_origin=lambda said: said == origin)


def ask_for_new(*, origin: str, user: bytes, called: str, name: str, has: Sequence[bytes]) -> tuple[Json, Json]:
    """What the browser is asked, and what must be remembered until it answers. `has`: the credentials there are."""
    options, state = _server(origin).register_begin(
        PublicKeyCredentialUserEntity(name=called, id=user, display_name=name),
        credentials=[AttestedCredentialData(one) for one in has],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def read_new(*, origin: str, state: Json, answer: Json) -> NewKey:
    """Raises WrongAnswer."""
    try:
        found = _server(origin).register_complete(dict(state), RegistrationResponse.from_dict(answer))
    except (ValueError, TypeError, KeyError) as error:
        raise WrongAnswer from error
    data = found.credential_data
    if data is None:
        raise WrongAnswer
    return NewKey(websafe_encode(data.credential_id), bytes(data), found.counter)


def ask_for_any(*, origin: str) -> tuple[Json, Json]:
    """Names no key and no person: the browser shows those it has."""
    options, state = _server(origin).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def name_in(answer: Json) -> str:
    """Which key it says it is. Raises WrongAnswer."""
    try:
        return websafe_encode(AuthenticationResponse.from_dict(answer).raw_id)
    except (ValueError, TypeError, KeyError) as error:
        raise WrongAnswer from error


def read_any(*, origin: str, state: Json, answer: Json, credential: bytes) -> int:
    """How often that key says it was used, once its answer holds. Raises WrongAnswer."""
    try:
        given = AuthenticationResponse.from_dict(answer)
        _server(origin).authenticate_complete(dict(state), [AttestedCredentialData(credential)], given)
    except (ValueError, TypeError, KeyError) as error:
        raise WrongAnswer from error
    return given.response.authenticator_data.counter
