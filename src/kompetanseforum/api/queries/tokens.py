"""Reads: the tokens that other systems ask with."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from kompetanseforum.api.models import Token
from kompetanseforum.core import clock

# What a token begins with, so that one that was pasted in the wrong place is known for what it is.
PREFIX = "kf_"


def hash_secret(secret: str) -> str:
    """A token is 256 random bits: a plain hash is as good as a slow one."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def live_tokens() -> QuerySet[Token]:
    """Those that open: neither revoked nor past their day."""
    return Token.objects.filter(revoked_at=None, expires_on__gte=clock.today())


def token_by_secret(secret: str) -> Token | None:
    return live_tokens().filter(secret_hash=hash_secret(secret)).first() if secret.startswith(PREFIX) else None


def token_by_id(public_id: str) -> Token | None:
    return Token.objects.filter(public_id=public_id).first()


def all_tokens() -> list[Token]:
    """The newest first; revoked ones too, so that one sees what there was."""
    return list(Token.objects.all())
