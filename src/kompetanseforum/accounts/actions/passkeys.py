"""Writes: passkeys are added, used and taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from kompetanse.refs import Ref
from kompetanseforum.accounts.facts import PasskeyAdded, PasskeyRemoved
from kompetanseforum.accounts.models import Passkey, Person
from kompetanseforum.accounts.queries import passkey_called, passkeys_of
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.memory import late
from kompetanseforum.core.refs import ref

if TYPE_CHECKING:
    from kompetanseforum.core.passkeys import NewKey

# Any: JSON, as the browser and the session carry it.
Json = Mapping[str, Any]

_KEYS = "kompetanseforum.core.passkeys"
_ask_for_new: Callable[..., tuple[Json, Json]] = late(_KEYS, "ask_for_new")
_read_new: Callable[..., NewKey] = late(_KEYS, "read_new")
_ask_for_any: Callable[..., tuple[Json, Json]] = late(_KEYS, "ask_for_any")
_name_in: Callable[..., str] = late(_KEYS, "name_in")
_read_any: Callable[..., int] = late(_KEYS, "read_any")


class WrongPasskey(Exception):
    """Not ours, not for this page, a copy, or answered to another question."""


def begin_adding(*, person: Person, origin: str) -> tuple[Json, Json]:
    """What the browser is asked, and what must be remembered until it answers."""
    return _ask_for_new(
        origin=origin,
        # Not the primary key, and nothing of the name: the key keeps it.
        user=person.public_id.encode(),
        called=person.email or person.name,
        name=person.name,
        has=[bytes(key.credential) for key in passkeys_of(person)],
    )


def add_passkey(*, person: Person, name: str, state: Json, answer: Json, origin: str) -> Passkey:
    """Raises WrongPasskey."""
    try:
        new = _read_new(origin=origin, state=state, answer=answer)
    except ValueError as error:
        raise WrongPasskey from error
    with transaction.atomic():
        key = Passkey.objects.create(
            person=person,
            name=name,
            credential_id=new.name,
            credential=new.credential,
            sign_count=new.count,
            made_at=clock.now(),
        )
        publish(PasskeyAdded(person=ref(person)), by=ref(person), about=ref(person))
    return key


def begin_signing_in(*, origin: str) -> tuple[Json, Json]:
    """Names no key and no person: the browser shows those it has."""
    return _ask_for_any(origin=origin)


def use_passkey(*, state: Json, answer: Json, origin: str) -> Person:
    """Whose key it is. Raises WrongPasskey."""
    try:
        key = passkey_called(_name_in(answer))
        if key is None:
            raise WrongPasskey
        count = _read_any(origin=origin, state=state, answer=answer, credential=bytes(key.credential))
    except ValueError as error:
        raise WrongPasskey from error
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
