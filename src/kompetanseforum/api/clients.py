"""Other systems' addresses: a message is sent there, signed as Standard Webhooks describes (webhook-id, -timestamp, -signature).

An address is given by people, so it is asked only over https and only where it is public: the forum is no way into
the house it stands in.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kompetanseforum.api.queries.webhooks import Message
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Bounds, Transport

# Who is told answers at once and works afterwards. Tried again by a later round, not here.
BOUNDS = Bounds(timeout_seconds=5, deadline_seconds=10, most_bytes=64 * 1024, attempts=1)


def transport_to_anybody() -> Transport:
    return Transport(hosts=None, bounds=BOUNDS)


@dataclass(frozen=True, slots=True)
class Receivers:
    """Those who are told."""

    transport: Transport
    clock: Callable[[], datetime] = clock.now

    def tell(self, url: str, message: Message, *, secret: str) -> None:
        """Raises an OutgoingError when it was not taken in."""
        sent_at = int(self.clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(sent_at),
            "webhook-signature": signature(message, sent_at=sent_at, secret=secret),
        }
        self.transport.post(url, body=message.body, headers=headers)


def signature(message: Message, *, sent_at: int, secret: str) -> str:
    """HMAC-SHA256 over id, time and content, parted by full stops."""
    signed = f"{message.id}.{sent_at}.".encode() + message.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()
