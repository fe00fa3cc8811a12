"""Writes: passkeys are added, used and taken away. What the browser's key answers is checked by `fido2`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
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

from kompetanse.refs import Ref
from kompetanseforum.accounts.facts import PasskeyAdded, PasskeyRemoved
from kompetanseforum.accounts.models import Passkey, Person
from kompetanseforum.accounts.queries import passkey_called, passkeys_of
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref

# Any: JSON, as the browser and the session carry it.
Json = Mapping[str, Any]


class WrongPasskey(Exception):
    """Not ours, not for this page, a copy, or answered to another question."""


def _server(origin: str) -> Fido2Server:
    """Answers only to the one address that the page was asked at: not to its subdomains."""
    host = urlsplit(origin).hostname or ""
    party = PublicKeyCredentialRpEntity(name=host, id=host)
    return Fido2Server(party, verify_origin=lambda said: said == origin)


def begin_adding(*, person: Person, origin: str) -> tuple[Json, Json]:
    """What the browser is asked, and what must be remembered until it answers."""
    options, state = _server(origin).register_begin(
        # Not the primary key, and nothing of the name: the key keeps it.
        PublicKeyCredentialUserEntity(
            name=person.email or person.name, id=person.public_id.encode(), display_name=person.name
        ),
        credentials=[AttestedCredentialData(bytes(key.credential)) for key in passkeys_of(person)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def add_passkey(*, person: Person, name: str, state: Json, answer: Json, origin: str) -> Passkey:
    """Raises WrongPasskey."""
    try:
        found = _server(origin).register_complete(dict(state), RegistrationResponse.from_dict(answer))
    except (ValueError, TypeError, KeyError) as error:
        raise WrongPasskey from error
    data = found.credential_data
    if data is None:
        raise WrongPasskey
    with transaction.atomic():
        key = Passkey.objects.create(
            person=person,
            name=name,
            credential_id=websafe_encode(data.credential_id),
            credential=bytes(data),
            sign_count=found.counter,
            made_at=clock.now(),
        )
        publish(PasskeyAdded(person=ref(person)), by=ref(person), about=ref(person))
    return key


def begin_signing_in(*, origin: str) -> tuple[Json, Json]:
    """Names no key and no person: the browser shows those it has."""
    options, state = _server(origin).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def use_passkey(*, state: Json, answer: Json, origin: str) -> Person:
    """Whose key it is. Raises WrongPasskey."""
    try:
        given = AuthenticationResponse.from_dict(answer)
        key = passkey_called(websafe_encode(given.raw_id))
        if key is None:
            raise WrongPasskey
        _server(origin).authenticate_complete(dict(state), [AttestedCredentialData(bytes(key.credential))], given)
    except (ValueError, TypeError, KeyError) as error:
        raise WrongPasskey from error
    count = given.response.authenticator_data.counter
    # A key that counts, and has not come further than last time, is a copy of it. Most keep 0.
    further = Passkey.objects.filter(Q(sign_count__lt=count) | Q(sign_count=0), pk=key.pk)
    if not further.update(sign_count=count, used_at=clock.now()):
        raise WrongPasskey
    return key.person


@transaction.atomic
def remove_passkey(*, passkey: Passkey, by: Ref | None) -> None:
    owner = ref(passkey.person)
    passkey.delete()
    publish(PasskeyRemoved(person=owner), by=by, about=owner)
