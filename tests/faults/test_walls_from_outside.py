"""What a stranger with a socket of their own gets: other hosts, other methods, two requests in one, errors."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.server import Answer, Device, Server, command, in_the_forum
from tests.ready import ready

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("walls from outside")]

# A forum behind a proxy with https, and what it answers there; in a process of its own, since settings are read once.
_OVER_HTTPS = """
import json
from django.test import Client
browser = Client(SERVER_NAME="forum.example", HTTP_X_FORWARDED_PROTO="https")
browser.get("/behov/meld")
browser.post("/sprak", {"language": "nn"})
paths = ("/", "/frisk", "/static/kompetanseforum/site.css", "/nowhere")
hosts = ({"SERVER_NAME": "evil.example"}, {"HTTP_X_FORWARDED_HOST": "evil.example"})
pages = [browser.get("/behov/", **host) for host in hosts]
print(json.dumps({
    "cookies": [morsel.OutputString() for morsel in browser.cookies.values()],
    "hsts": [browser.get(path).headers.get("Strict-Transport-Security") for path in paths],
    "hosts": [(page.status_code, b"evil.example" in page.content) for page in pages],
}))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all that leave nothing behind in it."""
    with Server(ready("few_words", tmp_path_factory.mktemp("walls") / "data")) as one:
        yield one


@pytest.fixture
def over_https(data: Path) -> dict[str, Any]:
    told = in_the_forum(_OVER_HTTPS, data=data, KF_ADDRESS="https://forum.example", KF_PROXIES="1")
    return dict(json.loads(told.splitlines()[-1]))


def _raw(server: Server, *pieces: str) -> str:
    """All that comes back for what is written as it stands, until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall("".join(pieces).encode("latin-1"))
        connection.settimeout(3)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except TimeoutError:
            pass
    return got.decode("utf-8", "replace")


def test_over_https_cookies_and_pages_are_for_this_host_alone(over_https: dict[str, Any]) -> None:
    names = {cookie.partition("=")[0] for cookie in over_https["cookies"]}
    assert names == {"__Host-csrftoken", "__Host-forum_language"}
    for cookie in over_https["cookies"]:
        assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")), cookie
        assert "domain" not in cookie.lower()
    # A browser never comes back without it, and no other name is answered to.
    assert over_https["hsts"] == ["max-age=31536000; includeSubDomains"] * 4
    assert over_https["hosts"] == [[400, False], [200, False]]


def test_no_method_tells_a_request_back(server: Server) -> None:
    for path in ("/", "/behov/", "/frisk", "/static/kompetanseforum/site.css"):
        answer = _raw(server, f"TRACE {path} HTTP/1.1\r\nHost: localhost\r\nX-Told: back\r\nConnection: close\r\n\r\n")
        assert (answer.split(" ")[1], "X-Told" in answer) in (("405", False), ("404", False)), path


# Two lengths, and what hides behind the first of them.
_HIDDEN = "GET /frisk?hidden HTTP/1.1\r\nHost: localhost\r\nX-Hidden: x\r\n\r\n"
SMUGGLED = {
    "two lengths": "Content-Length: 0\r\nContent-Length: 5\r\n\r\n12345",
    "a length that is none": "Content-Length: +5\r\n\r\n12345",
    "an unknown coding": "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n12345",
    "a coding before its colon": "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a chunk of no size": "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
}


@pytest.mark.parametrize("how", SMUGGLED)
def test_a_request_with_unclear_ends_is_refused_and_the_line_closed(how: str, server: Server) -> None:
    answer = _raw(server, f"POST /sprak HTTP/1.1\r\nHost: localhost\r\n{SMUGGLED[how]}", _HIDDEN)
    assert (answer.split(" ")[1], answer.count("HTTP/1.1 ")) == ("400", 1)


def test_a_length_beside_chunks_hides_nothing(server: Server) -> None:
    """Chunks rule, as the standard says: what stands inside them is body, whatever a length says."""
    body = f"{len(_HIDDEN):x}\r\n{_HIDDEN}\r\n0\r\n\r\n"
    answer = _raw(
        server,
        f"POST /sprak HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{body}",
    )
    assert (answer.count("HTTP/1.1 "), '"status": "ok"' in answer) == (1, False)


def test_a_body_that_would_fill_the_disk_is_refused_before_it_is_sent(server: Server) -> None:
    answer = _raw(
        server, "POST /behov/meld HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000000000\r\n\r\n", "words="
    )
    assert answer.split(" ")[1] == "413"


def _large_file(device: Device, token: str) -> Answer:
    """A form with twenty megabytes that are no zip."""
    head = f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n--x\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="ESCO v1.2.0 nb.zip"\r\n\r\n'
    body = head.encode() + b"no zip " * 3_000_000 + b"\r\n--x--\r\n"
    return device._ask("POST", "/kompetanse/esco", body, {"Content-Type": "multipart/form-data; boundary=x"})


def test_a_large_file_reaches_its_form_from_a_coordinator_and_not_from_a_stranger(
    server: Server,
) -> None:
    with Device(server.port) as coordinator, Device(server.port) as stranger:
        found = re.search(r"/start/\S+", server.log.read_text())
        assert found
        coordinator.post(found[0], {"name": "Kari Lunde", "email": "kari@forum.example", "phone": ""})
        told = _large_file(coordinator, coordinator.token())
        refused = _large_file(stranger, stranger.token())
    assert (told.status, "er ikke en zip-fil" in told.text) == (422, True)
    assert (refused.status, "for mye på en gang" in refused.text) == (413, True)


def test_a_page_that_fails_tells_the_log_why_and_the_reader_nothing(start_server: Callable[..., Server]) -> None:
    server = start_server()
    with sqlite3.connect(server.data / "forum.sqlite3") as tables:
        tables.execute("ALTER TABLE needs_filed RENAME TO needs_gone")
    with Device(server.port) as device:
        page = device.get("/behov/")
    assert (page.status, "Noe sviktet her hos oss" in page.text) == (500, True)
    told = ("Traceback", "needs_filed", "OperationalError", "SELECT", "/src/", "Django", "sqlite")
    assert [word for word in told if word in page.text] == []
    assert "no such table: needs_filed" in server.log.read_text()


def test_doctor_tells_what_can_be_read_on_the_way(data: Path) -> None:
    clear = {
        "KF_DATABASE_URL": "postgresql://forum@db.invalid/forum",
        "KF_REDIS_URL": "redis://cache.invalid:6379/0",
        "KF_MAIL_URL": "smtp://mail.invalid:25",
    }
    hidden = {
        "KF_DATABASE_URL": "postgresql://forum@db.invalid/forum?sslmode=verify-full",
        "KF_REDIS_URL": "rediss://cache.invalid:6379/0",
        "KF_MAIL_URL": "smtps://mail.invalid:465",
    }
    told = [
        re.findall(r"The way to (.+) is not encrypted", command("doctor", data=data, **ways).stdout)
        for ways in (clear, hidden, {})
    ]
    assert told == [["PostgreSQL at db.invalid", "Redis at cache.invalid", "the mail server at mail.invalid"], [], []]
