"""Reads: those who are asked to confirm, and their links."""

from __future__ import annotations

from hashlib import blake2b

from django.conf import settings

from kompetanse.refs import ALPHABET
from kompetanseforum.core import clock
from kompetanseforum.results.models import Confirmation


def link_secret(asked: Confirmation) -> str:
    """75 bits in three groups, derived from the forum's key as the voices' links are (decision 0001)."""
    key = settings.SECRET_KEY.encode()[:64]
    digest = blake2b(asked.public_id.encode(), key=key, person=b"confirm result").digest()
    letters = "".join(ALPHABET[byte % 32] for byte in digest[:15])
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"


def confirmation_by_hash(secret_hash: str) -> Confirmation | None:
    """Also one that is used up or has lapsed: whoever opens it is told so."""
    return Confirmation.objects.select_related("result__organisation").filter(secret_hash=secret_hash).first()


def is_over(asked: Confirmation) -> bool:
    return asked.replied_at is not None or asked.expires_at <= clock.now()
