"""Live doors: the sockets that capabilities declare, and word of what has changed.

Of what is kept only "board:7h3k2m9qxa is at 512" travels between processes; what it is, each reads from the database.
What passes and is never kept (who is here, where they point) travels whole.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.wire import Wire

log = logging.getLogger(__name__)

# Any: what ASGI says of a message depends on its type.
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who stands at a socket's door, with what the address says."""

    viewer: Viewer
    arguments: Mapping[str, str]
    query: Mapping[str, str]
    # What is the same to many goes out through it, not through `send`.
    wire: Wire


@dataclass(frozen=True, slots=True)
class SocketDoor:
    """A socket's address, whom it lets in, and what each command that may be sent through it asks for."""

    name: str
    # As in `path`: "tavler/<public_id>/samtidig".
    path: str
    permission: str
    # The object the permission is about, by the address's arguments; None when it is not there. Runs in a thread.
    of: Callable[..., object | None]
    # Speaks with the browser until one of them leaves.
    serve: Callable[[object, Caller, Receive, Send], Awaitable[None]]
    # Command → permission, asked for at each command; "" is for anybody who came in.
    commands: Mapping[str, str] = field(default_factory=dict)


Listener = Callable[[str, int], None]
_listeners: list[Listener] = []


def hear(listener: Listener) -> None:
    """Let `listener(topic, number)` know of what this process, or another, has changed. It must be quick."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_here(topic: str, number: int) -> None:
    for listener in _listeners:
        listener(topic, number)


def announce(topic: str, number: int) -> None:
    """The topic is at that number: told in this process at once, and to the others where there are any."""
    announce_all([(topic, number)])


def announce_all(told: Sequence[tuple[str, int]]) -> None:
    for topic, number in told:
        tell_here(topic, number)
    address = shared_address()
    if address is None:
        return
    from_redis = import_module("kompetanseforum.core.channel")
    try:
        from_redis.tell_others(address, told)
    except from_redis.NoWord:
        # Those who watch in another process see it with the next change, or when they ask.
        log.warning("the other processes were not told that %s", told)


def pass_on(topic: str) -> None:
    """To the other processes alone, of what passes and is soon said again: what is lost is lost, without a word."""
    if (address := shared_address()) is None:
        return
    from_redis = import_module("kompetanseforum.core.channel")
    with suppress(from_redis.NoWord):
        from_redis.tell_others(address, [(topic, 0)])


def shared_address() -> str | None:
    """Where processes tell each other; None where there is one alone."""
    default = settings.CACHES["default"]
    return str(default["LOCATION"]) if str(default["BACKEND"]).endswith("RedisCache") else None
