"""Another machine, as the door out meets it: a web server on this one, good or bad as the test asks."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Outside:
    """Its address, what it was asked, and what it does at each path."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    at: dict[str, Callable[[Handler], None]] = field(default_factory=dict)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    outside: Outside

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.outside.asked.append(Asked(self.command, self.path, dict(self.headers), self.rfile.read(length)))
        self.outside.at.get(self.path.partition("?")[0], status(404))(self)

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        pass

    def say(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


Behaviour = Callable[[Handler], None]


def status(code: int, body: bytes = b"", **headers: str) -> Behaviour:
    return lambda handler: handler.say(code, body, **headers)


def says(content: object, **headers: str) -> Behaviour:
    return status(200, json.dumps(content).encode(), **headers)


def zipped(body: bytes) -> Behaviour:
    return status(200, gzip.compress(body), Content_Encoding="gzip")


def after(*behaviours: Behaviour) -> Behaviour:
    """One after the other; the last one stays."""
    left = list(behaviours)

    def act(handler: Handler) -> None:
        behaviour = left.pop(0) if len(left) > 1 else left[0]
        behaviour(handler)

    return act


def silent(seconds: float) -> Behaviour:
    return lambda handler: time.sleep(seconds)


def drips(seconds: float) -> Behaviour:
    """A byte now and then, never done."""

    def drip(handler: Handler) -> None:
        handler.say(200, b"", Content_Length="1000")
        for _ in range(1000):
            try:
                handler.wfile.write(b".")
            except OSError:
                return
            time.sleep(seconds)

    return drip


def breaks_off(handler: Handler) -> None:
    """Promises more than comes."""
    handler.say(200, b"", Content_Length="1000")
    handler.wfile.write(b"half")
    handler.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: object) -> None:
        """The one who asked has gone, as it should when the answer is bad."""


@contextmanager
def outside() -> Iterator[Outside]:
    place = Outside()
    server = _Server(("127.0.0.1", 0), type("Here", (Handler,), {"outside": place}))
    place.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
