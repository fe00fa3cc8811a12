"""Personal links: a secret made from the forum's key and a row's public id, and the hash that is kept of it.

Derived, so that the holder can be shown it again; hashed, so that the database alone betrays none.
"""

from __future__ import annotations

import hashlib

from django.conf import settings

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def secret_of(public_id: str, *, purpose: bytes) -> str:
    """75 bits in three groups, such as `7k4d9-xm2qa-w3rt8`; `purpose` (at most 16 bytes) keeps kinds of links apart."""
    key = settings.SECRET_KEY.encode()[:64]
    digest = hashlib.blake2b(public_id.encode(), key=key, person=purpose).digest()
    letters = "".join(_ALPHABET[byte % 32] for byte in digest[:15])
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"


def hash_of(secret: str) -> str:
    """As it is kept and looked up. Case and spaces around it do not matter."""
    return hashlib.sha256(secret.strip().lower().encode()).hexdigest()
