"""Sign-in with other services by OpenID Connect: authorization code, PKCE, state and nonce; what they sign is checked.

A service is turned on by its setting. Each has its own shape: what we ask for, and how far we believe what it says.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import Promise

from kompetanseforum.core.memory import late
from kompetanseforum.core.outgoing import Bounds, Source, Transport, Unreadable, transport_to

# Any: another machine's JSON, checked where it is used.
Json = dict[str, Any]

_claims_in: Callable[..., Json] = late("kompetanseforum.accounts.clients.tokens", "claims_in")

# Somebody waits.
BOUNDS = Bounds(timeout_seconds=5, deadline_seconds=10, most_bytes=256 * 1024, attempts=2)
CONFIGURATION_SECONDS = 24 * 60 * 60


class NotSignedIn(Exception):
    """The service said no, or something that does not hold."""


@dataclass(frozen=True, slots=True)
class Shape:
    key: str
    source: Source
    scope: str
    # How sure the service must be of who it is; one of these must come back.
    acr_values: tuple[str, ...] = ()
    asks_for_organisation: bool = False
    # Feide says `email_verified: false` of every address; ID-porten has none. An address we do not believe is not kept.
    believes_email: bool = False

    @property
    def name(self) -> str | Promise:
        return settings.OIDC_NAME if self.key == "oidc" else self.source.name


@dataclass(frozen=True, slots=True)
class Claims:
    """Who came, as far as we believe it. No birth number: `pid` is never read."""

    provider: str
    subject: str
    name: str = ""
    # Empty unless the service has verified it, and we believe the service.
    email: str = ""
    represents: str = ""


SHAPES = (
    Shape(
        key="feide",
        source=Source(name="Feide", base_url="https://auth.dataporten.no", setting="KF_FEIDE_URL"),
        scope="openid profile email",
    ),
    Shape(
        key="idporten",
        source=Source(name="ID-porten", base_url="https://idporten.no", setting="KF_IDPORTEN_URL"),
        scope="openid",
        acr_values=("idporten-loa-substantial", "idporten-loa-high"),
    ),
    Shape(
        key="ansattporten",
        source=Source(name="Ansattporten", base_url="https://ansattporten.no", setting="KF_ANSATTPORTEN_URL"),
        scope="openid",
        asks_for_organisation=True,
    ),
    Shape(
        key="oidc",
        # Nowhere, until KF_OIDC_URL says where.
        source=Source(name="OpenID", base_url="https://sign-in.invalid", setting="KF_OIDC_URL"),
        scope="openid profile email",
        believes_email=True,
    ),
)


def services() -> list[Service]:
    """Those that are turned on."""
    return [service for shape in SHAPES if (service := service_called(shape.key))]


def service_called(key: str) -> Service | None:
    shape = next((shape for shape in SHAPES if shape.key == key), None)
    if shape is None or key not in settings.SIGN_IN_SERVICES:
        return None
    client_id, secret = settings.SIGN_IN_SERVICES[key]
    return Service(shape, client_id=client_id, secret=secret, transport=transport_to(shape.source, bounds=BOUNDS))


class Service:
    def __init__(self, shape: Shape, *, client_id: str, secret: str, transport: Transport) -> None:
        self.shape = shape
        self._client_id = client_id
        self._secret = secret
        self._transport = transport

    def address(self, *, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes. Raises an OutgoingError."""
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": self.shape.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        if self.shape.acr_values:
            asked["acr_values"] = self.shape.acr_values[0]
        if self.shape.asks_for_organisation:
            asked["authorization_details"] = json.dumps([_representing(settings.ANSATTPORTEN_RESOURCE)])
        return f"{self._configuration()['authorization_endpoint']}?{urlencode(asked)}"

    def claims(self, *, code: str, redirect_uri: str, nonce: str, verifier: str) -> Claims:
        """Who it was that came back with the code. Raises NotSignedIn, or an OutgoingError."""
        configuration = self._configuration()
        tokens = self._tokens(configuration, code=code, redirect_uri=redirect_uri, verifier=verifier)
        said = self._checked(configuration, str(tokens.get("id_token", "")), nonce=nonce)
        if "profile" in self.shape.scope and configuration.get("userinfo_endpoint"):
            said = {**self._user_info(configuration, tokens, subject=said["sub"]), **said}
        verified = said.get("email_verified") is True and self.shape.believes_email
        return Claims(
            provider=self.shape.key,
            subject=str(said["sub"]),
            name=str(said.get("name") or "")[:120],
            email=str(said.get("email") or "").lower() if verified else "",
            represents=_organisation_in(said) if self.shape.asks_for_organisation else "",
        )

    def _configuration(self) -> Json:
        issuer = self.shape.source.address
        key = f"oidc:{issuer}"
        known = cache.get(key)
        if known is None:
            known = self._transport.get(f"{issuer}/.well-known/openid-configuration").json()
            if not isinstance(known, dict) or str(known.get("issuer", "")).rstrip("/") != issuer:
                raise Unreadable(issuer, "names another issuer")
            cache.set(key, known, CONFIGURATION_SECONDS)
        return dict(known)

    def _tokens(self, configuration: Json, *, code: str, redirect_uri: str, verifier: str) -> Json:
        body = urlencode(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
                "client_id": self._client_id,
            }
        )
        pair = f"{quote(self._client_id, safe='')}:{quote(self._secret, safe='')}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
        }
        given = self._transport.post(configuration["token_endpoint"], body=body.encode(), headers=headers).json()
        if not isinstance(given, dict):
            raise NotSignedIn("no tokens")
        return given

    def _checked(self, configuration: Json, id_token: str, *, nonce: str) -> Json:
        """The token's claims: signed by the service, for us, now, in answer to our question, and sure enough."""
        keys = self._transport.get(configuration["jwks_uri"]).json()
        issuer = configuration["issuer"]
        try:
            said = _claims_in(id_token, keys=keys, audience=self._client_id, issuer=issuer)
        except ValueError as error:
            raise NotSignedIn("the token does not hold") from error
        if not hmac.compare_digest(str(said.get("nonce", "")), nonce):
            raise NotSignedIn("an answer to another question")
        if said.get("azp") not in (None, self._client_id):
            raise NotSignedIn("for another client")
        if self.shape.acr_values and said.get("acr") not in self.shape.acr_values:
            raise NotSignedIn("not sure enough")
        return said

    def _user_info(self, configuration: Json, tokens: Json, *, subject: str) -> Json:
        headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        given = self._transport.get(configuration["userinfo_endpoint"], headers=headers).json()
        if not isinstance(given, dict) or given.get("sub") != subject:
            raise NotSignedIn("tells of somebody else")
        return given


def _representing(resource: str) -> Json:
    return {
        "type": "ansattporten:altinn:resource",
        "resource": resource,
        "representation_is_required": True,
        "organizationform": "enterprise",
    }


def _organisation_in(said: Json) -> str:
    """`0192:987654321` of the first party that the person may act for; Raises NotSignedIn when there is none."""
    for detail in said.get("authorization_details") or []:
        for party in detail.get("authorized_parties") or []:
            number = str((party.get("orgno") or {}).get("ID", "")).removeprefix("0192:")
            if len(number) == 9 and number.isdigit():
                return number
    raise NotSignedIn("represents nobody")
