"""The one door out: every request that the forum itself makes to another machine.

A capability declares in its manifest whom it asks (`sources`), and its `clients.py` is `(base_url, transport, clock)`.
What comes back is an `Answer`, or one of a few errors, each with words for the person who waits for it.
Nothing here is in the way of a page: jobs ask, and every import can be given a file instead.
"""

from kompetanseforum.core.outgoing.errors import (
    Busy,
    Gone,
    Missing,
    NotAllowed,
    OutgoingError,
    Refused,
    Unreachable,
    Unreadable,
)
from kompetanseforum.core.outgoing.sources import Answer, Bounds, Source, Stamp
from kompetanseforum.core.outgoing.transport import Transport, transport_to

__all__ = [
    "Answer",
    "Bounds",
    "Busy",
    "Gone",
    "Missing",
    "NotAllowed",
    "OutgoingError",
    "Refused",
    "Source",
    "Stamp",
    "Transport",
    "Unreachable",
    "Unreadable",
    "transport_to",
]
