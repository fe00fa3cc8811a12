"""Writes: tokens are made, used and revoked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from kompetanse.refs import Ref
from kompetanseforum.api.facts import TokenMade, TokenRevoked
from kompetanseforum.api.models import Token
from kompetanseforum.api.queries.tokens import PREFIX, hash_secret
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref

# A reader that asks a hundred times a minute shall not make the database write as often.
_USE_IS_NOTED_EVERY = timedelta(hours=1)


def make_token(
    *, name: str, scopes: Sequence[str], expires_on: date, by: Ref | None, sending_key: str | None = None
) -> tuple[Token, str]:
    """The token and its secret, which is kept nowhere: whoever loses it makes a new one.

    The same `sending_key` again gives the token that is there, and no secret.
    """
    if sending_key and (known := Token.objects.filter(sending_key=sending_key).first()):
        return known, ""
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            name=name.strip(),
            secret_hash=hash_secret(secret),
            scopes=list(scopes),
            expires_on=expires_on,
            sending_key=sending_key,
            made_by=str(by or ""),
            made_at=clock.now(),
        )
        publish(TokenMade(token=ref(token)), by=by, about=ref(token))
    return token, secret


def revoke_token(*, token: Token, by: Ref | None) -> None:
    """From now on it opens nothing. Again is as once."""
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
            publish(TokenRevoked(token=ref(token)), by=by, about=ref(token))


def note_use(token: Token) -> None:
    now = clock.now()
    if token.used_at is None or token.used_at < now - _USE_IS_NOTED_EVERY:
        stale = Q(used_at=None) | Q(used_at__lt=now - _USE_IS_NOTED_EVERY)
        Token.objects.filter(stale, pk=token.pk).update(used_at=now)


def forget_maker(person: Ref) -> None:
    """The person is gone; what was made goes on."""
    Token.objects.filter(made_by=str(person)).update(made_by="")
