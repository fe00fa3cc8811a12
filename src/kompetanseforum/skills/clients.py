"""ESCO's open API: every concept with its labels in all languages, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from kompetanse.esco import SCHEMES, EscoPage, read_page
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Source, Transport, Unreadable, transport_to

SOURCE = Source(name=_("ESCO"), base_url="https://ec.europa.eu/esco/open-api", setting="KF_ESCO_URL")

# An occupation with all its relations is 100 kB: fifty stay well under what the door lets in.
PER_PAGE = 50


def esco_client() -> EscoClient:
    """To ESCO, or where the operator has moved it."""
    return EscoClient(SOURCE.address, transport_to(SOURCE), clock.now)


class EscoClient:
    def __init__(self, base_url: str, transport: Transport, clock: Callable[[], datetime]) -> None:
        self._base_url = base_url.rstrip("/")
        self._transport = transport
        self._clock = clock

    def page(
        self, scheme: str, *, offset: int, languages: Sequence[str], version: str = "", limit: int = PER_PAGE
    ) -> EscoPage:
        """Without a version the newest; the page says which it is. Raises an OutgoingError."""
        listing, address, _kind = SCHEMES[scheme]
        asked: dict[str, str | int] = {"inScheme": address, "limit": limit, "offset": offset, "language": "en"}
        if version:
            asked["selectedVersion"] = f"v{version}"
        answer = self._transport.get(f"{self._base_url}/{listing}/by-scheme", params=asked)
        try:
            return read_page(scheme, answer.json(), languages=languages)
        except ValueError as error:
            raise Unreadable(urlsplit(self._base_url).hostname or "", str(error)) from error

    def newest_version(self) -> str:
        """Such as 1.2.1. Raises an OutgoingError."""
        return self.page("isco", offset=0, languages=(), limit=1).version
