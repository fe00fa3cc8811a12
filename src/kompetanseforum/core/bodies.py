"""How much one request may bring: refused at the door, before it lies on our disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import parse_cookie
from django.urls import Resolver404, resolve

# A form of words, or a catalogue of offers.
MOST_BYTES = 16 * 1024 * 1024
# What stands around a file in its form.
_AROUND = 1024 * 1024
# So much is heard to its end, so that one who chose a wrong file is told; more is cut off.
_MOST_THROWN_AWAY = 256 * 1024 * 1024
# Said before anybody knows the reader's language.
_WORDS = "Det var for mye på en gang. · Det var for mykje på ein gong. · That was too much at once."

# Any: what ASGI says of a message depends on its type.
Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
ViewT = TypeVar("ViewT", bound=Callable[..., object])


def takes_file(*, most_bytes: int) -> Callable[[ViewT], ViewT]:
    """Declare that a view takes a file so large, from somebody who is signed in."""

    def declare(view: ViewT) -> ViewT:
        view.most_bytes = most_bytes + _AROUND  # type: ignore[attr-defined]
        return view

    return declare


def bounded(app: App) -> App:
    """The same application, which never gets more of one request than its view takes.

    Django writes a whole body to a file before any view is asked; without this, anybody could fill the disk.
    """

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"")
        length = int(declared) if declared.isdigit() else 0
        most = MOST_BYTES if length <= MOST_BYTES else await _most(scope, headers)
        if length > most:
            if length <= _MOST_THROWN_AWAY:
                await _throw_away(receive)
            await _refuse(send)
            return
        seen, is_answered = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            # To the application it is as if the sender had gone.
            return {"type": "http.disconnect"} if seen > most else message

        async def answered(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        await app(scope, counted, answered)
        if seen > most and not is_answered:
            await _refuse(send)

    return door


async def _most(scope: Scope, headers: Mapping[bytes, bytes]) -> int:
    """What the view at this address takes from the one who asks."""
    try:
        view = resolve(scope["path"]).func
    except Resolver404:
        return MOST_BYTES
    larger = int(getattr(view, "most_bytes", 0))
    return larger if larger and await _is_signed_in(headers) else MOST_BYTES


async def _is_signed_in(headers: Mapping[bytes, bytes]) -> bool:
    """Somebody's session; whether they may is asked by the view."""
    key = parse_cookie(headers.get(b"cookie", b"").decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)
    return await session.aget(SESSION_KEY) is not None


async def _throw_away(receive: Receive) -> None:
    """A browser reads no answer before it has sent what it has."""
    while (await receive()).get("more_body", False):
        pass


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _WORDS.encode()})
