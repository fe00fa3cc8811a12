"""A mail server on 127.0.0.1 that keeps what it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from socket import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Received:
    letters: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    # Called when a letter is here and its sender has not been answered yet.
    when: Callable[[], object] = lambda: None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.when()
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Received]:
    received = Received()
    # It looks for itself at the port it was given, so it must be given one.
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        received.port = free.getsockname()[1]
    controller = Controller(received, hostname="127.0.0.1", port=received.port)
    controller.start()
    try:
        yield received
    finally:
        controller.stop()
