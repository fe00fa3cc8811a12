"""The way out to one browser's socket: bytes that were made once are laid straight into its connection.

Through ASGI each message to each browser is a coroutine of its own, and for a hall of 300 that is what costs.
"""

from __future__ import annotations

from typing import Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

# Where a socket's door finds it, among the scope's extensions.
EXTENSION = "kompetanseforum.wire"
# So much may lie unsent to a slow browser; then it is let go, and comes back with the number it has.
MOST_UNSENT_BYTES = 256 * 1024
# So many messages may lie unread from an eager one; then nothing more is taken in from it for a while.
MOST_UNREAD = 32


class Wire(Protocol):
    def write(self, data: bytes) -> None:
        """A whole frame, after those before it. One that has gone, or is too slow, gets nothing."""

    def drop(self) -> None:
        """Cut it off, so that the browser opens a new one."""


def frame(text: str) -> bytes:
    """One message of text as it goes over the line, the same to all (RFC 6455, 5.2)."""
    # JSON can spell half a character, which no frame takes.
    content = text.encode(errors="replace")
    length = len(content)
    if length < 126:
        return bytes((0x81, length)) + content
    if length < 65536:
        return b"\x81\x7e" + length.to_bytes(2, "big") + content
    return b"\x81\x7f" + length.to_bytes(8, "big") + content


class WiredProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own, which gives each socket's door its wire besides. What stands in `serve` chooses it."""

    def handle_connect(self, event) -> None:  # type: ignore[no-untyped-def]  # websockets' own, which only serve may name
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]  # uvicorn's own are of texts

    def send_receive_event_to_app(self) -> None:
        """uvicorn stops the reading at each message and begins it again after: two calls to the kernel, for nothing."""
        is_paused, self.read_paused = self.read_paused, True
        super().send_receive_event_to_app()
        self.read_paused = is_paused
        if not is_paused and self.queue.qsize() > MOST_UNREAD:
            self.read_paused = True
            self.transport.pause_reading()

    def write(self, data: bytes) -> None:
        transport = self.transport
        if self.close_sent or transport.is_closing():
            return
        if transport.get_write_buffer_size() > MOST_UNSENT_BYTES:
            transport.abort()
        else:
            transport.write(data)

    def drop(self) -> None:
        self.transport.abort()
