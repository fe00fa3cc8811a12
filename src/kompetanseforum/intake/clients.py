"""An address that a coordinator has given: read with the source's own stamp, so that what is unchanged is not sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Answer, Bounds, Stamp, Transport
from kompetanseforum.core.tables import MOST_MEGABYTES

BOUNDS = Bounds(most_bytes=MOST_MEGABYTES * 1024 * 1024)


def feed_client(address: str) -> FeedClient:
    """Any public host over https: whose address it is stands with the feed."""
    return FeedClient(address, Transport(hosts=None, bounds=BOUNDS), clock.now)


class FeedClient:
    def __init__(self, address: str, transport: Transport, clock: Callable[[], datetime]) -> None:
        self._address = address
        self._transport = transport
        self._clock = clock

    @property
    def file_name(self) -> str:
        return PurePosixPath(urlsplit(self._address).path).name[:100] or "side.html"

    def read(self, *, known: Stamp) -> Answer:
        """Raises an OutgoingError."""
        return self._transport.get(self._address, known=known)
