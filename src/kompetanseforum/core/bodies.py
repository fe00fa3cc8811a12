"""How much one request may bring: refused at the door, before it lies on our disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

# The largest that a page takes is ESCO's zip (100 MB), with its form around it.
MOST_BYTES = 110 * 1024 * 1024
# Said before anybody knows the reader's language.
_WORDS = "Det var for mye på en gang. · Det var for mykje på ein gong. · That was too much at once."

# Any: what ASGI says of a message depends on its type.
Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def bounded(app: App, *, most_bytes: int = MOST_BYTES) -> App:
    """The same application, which never gets more than `most_bytes` of one request.

    Django writes a whole body to a file before any view is asked; without this, anybody could fill the disk.
    """

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > most_bytes:
            await _refuse(send)
            return
        seen, is_answered = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            # To the application it is as if the sender had gone.
            return {"type": "http.disconnect"} if seen > most_bytes else message

        async def answered(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        await app(scope, counted, answered)
        if seen > most_bytes and not is_answered:
            await _refuse(send)

    return door


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _WORDS.encode()})
