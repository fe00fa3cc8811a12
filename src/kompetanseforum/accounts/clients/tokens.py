"""What another service has signed. Apart from the client, since the cryptography takes 10 MB that few processes use."""

from __future__ import annotations

from typing import Any

import jwt

# Signed with a key of theirs; never `none`, and never with the secret that we share.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
LEEWAY_SECONDS = 60


def claims_in(id_token: str, *, keys: dict[str, Any], audience: str, issuer: str) -> dict[str, Any]:
    """The token's claims when one of the `keys` (a JSON Web Key Set) signed them for `audience`, and they hold now.

    Raises ValueError for any other token.
    """
    try:
        said: dict[str, Any] = jwt.decode(
            id_token,
            key=_key_of(id_token, jwt.PyJWKSet.from_dict(keys)),
            algorithms=ALGORITHMS,
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError) as error:
        raise ValueError("the token does not hold") from error
    return said


def _key_of(id_token: str, keys: jwt.PyJWKSet) -> Any:
    """The one that the token names; a service with one key need not name it. Raises KeyError."""
    named = jwt.get_unverified_header(id_token).get("kid")
    if named is None and len(keys.keys) == 1:
        return keys.keys[0].key
    return keys[str(named)].key
