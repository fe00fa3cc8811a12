"""The door out: whom the forum asks, what it puts up with, and what it says when no answer came."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from django.utils import translation

from kompetanseforum.core.outgoing import (
    Bounds,
    Busy,
    Gone,
    Missing,
    NotAllowed,
    OutgoingError,
    Refused,
    Source,
    Stamp,
    Transport,
    Unreachable,
    Unreadable,
    transport_to,
)
from tests.core.outside import Outside, after, breaks_off, drips, outside, says, silent, status, zipped

_BOUNDS = Bounds(timeout_seconds=0.3, deadline_seconds=0.6, most_bytes=10_000)


@pytest.fixture
def there() -> Iterator[Outside]:
    with outside() as place:
        yield place


@pytest.fixture
def rests() -> list[float]:
    """The rests it took between tries; they pass at once."""
    return []


@pytest.fixture
def transport(there: Outside, rests: list[float]) -> Transport:
    return Transport(hosts=(there.address,), inside=True, bounds=_BOUNDS, sleep=rests.append)


# An answer


def test_an_answer_is_read_with_what_was_asked(there: Outside, transport: Transport, noon: datetime, settings):
    settings.ADDRESS = "https://forum.example.no"
    there.at["/units"] = says({"units": ["æøå"]})
    answer = transport.get(f"{there.address}/units", params={"name": "Båt & sønn", "size": 3})
    assert (answer.json(), answer.status, answer.at) == ({"units": ["æøå"]}, 200, noon)
    [asked] = there.asked
    assert asked.path == "/units?name=B%C3%A5t+%26+s%C3%B8nn&size=3"
    assert asked.headers["User-Agent"] == "Kompetanseforum (+https://forum.example.no)"
    assert asked.headers["Host"] == there.address.removeprefix("http://")


def test_what_we_have_is_not_sent_again(there: Outside, transport: Transport):
    there.at["/units"] = after(
        says([1], ETag='"v1"', Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT"),
        status(304, ETag='"v1"'),
    )
    first = transport.get(f"{there.address}/units")
    assert first.stamp == Stamp(etag='"v1"', modified="Mon, 23 Nov 2026 10:00:00 GMT")
    second = transport.get(f"{there.address}/units", known=first.stamp)
    assert (first.is_unchanged, second.is_unchanged, second.body) == (False, True, b"")
    assert there.asked[1].headers["If-None-Match"] == '"v1"'
    assert there.asked[1].headers["If-Modified-Since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


def test_nothing_found_is_an_empty_answer(there: Outside, transport: Transport):
    there.at["/none"] = status(204)
    answer = transport.get(f"{there.address}/none")
    assert (answer.status, answer.body) == (204, b"")


def test_a_large_file_goes_to_the_disk_as_it_comes(there: Outside, transport: Transport):
    there.at["/all"] = zipped(b"x" * 200_000)
    file = io.BytesIO()
    answer = transport.download(f"{there.address}/all", to=file, most_bytes=300_000)
    assert (len(file.getvalue()), answer.body) == (200_000, b"")


def test_a_post_carries_its_body(there: Outside, transport: Transport):
    there.at["/token"] = says({"token": "1"})
    transport.post(f"{there.address}/token", body=b"grant=code", headers={"Content-Type": "text/plain"})
    [asked] = there.asked
    assert (asked.method, asked.body) == ("POST", b"grant=code")


# Tries


def test_a_busy_machine_gets_the_rest_it_asks_for(there: Outside, transport: Transport, rests: list[float]):
    there.at["/units"] = after(status(429, Retry_After="7"), says([1]))
    assert transport.get(f"{there.address}/units").json() == [1]
    assert rests == [7]


def test_a_rest_may_be_given_as_a_moment(there: Outside, transport: Transport, rests: list[float], noon: datetime):
    there.at["/units"] = after(status(503, Retry_After=format_datetime(noon + timedelta(seconds=9))), says([1]))
    assert transport.get(f"{there.address}/units").json() == [1]
    assert rests == [9]


def test_a_broken_machine_is_asked_three_times_with_longer_rests(
    there: Outside, transport: Transport, rests: list[float]
):
    there.at["/units"] = status(500)
    with pytest.raises(Busy):
        transport.get(f"{there.address}/units")
    assert (len(there.asked), rests) == (3, [0.5, 1.0])


def test_one_who_asks_for_an_hour_is_left_to_a_later_job(there: Outside, transport: Transport, rests: list[float]):
    there.at["/units"] = status(429, Retry_After="3600")
    with pytest.raises(Busy) as error:
        transport.get(f"{there.address}/units")
    assert (error.value.wait_seconds, len(there.asked), rests) == (3600, 1, [])


def test_a_post_that_may_have_been_heard_is_not_sent_twice(there: Outside, transport: Transport):
    there.at["/pay"] = status(500)
    with pytest.raises(Busy):
        transport.post(f"{there.address}/pay", body=b"1", headers={})
    assert len(there.asked) == 1


def test_what_came_before_the_break_is_not_kept(there: Outside, transport: Transport):
    there.at["/all"] = after(breaks_off, status(200, b"whole"))
    file = io.BytesIO()
    transport.download(f"{there.address}/all", to=file, most_bytes=10_000)
    assert file.getvalue() == b"whole"


# What goes wrong


@pytest.mark.alike
@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (silent(1), Unreachable),
        (drips(0.05), Unreachable),
        (breaks_off, Unreachable),
        (status(200, b"x" * 10_001), Unreadable),
        (zipped(b"x" * 10_000_000), Unreadable),
        (status(200, b"<html>", Content_Encoding="gzip"), Unreachable),
        (status(403), Refused),
        (status(404), Missing),
        (status(410), Gone),
    ],
    ids=["silent", "dripping", "cut off", "huge", "bomb", "garbled", "403", "404", "410"],
)
@pytest.mark.slow
def test_a_bad_machine_is_one_of_a_few_errors(there: Outside, behaviour, error: type[OutgoingError]):
    there.at["/units"] = behaviour
    once = Bounds(timeout_seconds=0.3, deadline_seconds=0.3, most_bytes=10_000, attempts=1)
    with pytest.raises(OutgoingError) as caught:
        Transport(hosts=(there.address,), inside=True, bounds=once).get(f"{there.address}/units")
    assert type(caught.value) is error
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            assert "127.0.0.1" in caught.value.words


def test_something_else_than_json_is_unreadable(there: Outside, transport: Transport):
    there.at["/units"] = status(200, b"<html>Vedlikehold</html>")
    with pytest.raises(Unreadable):
        transport.get(f"{there.address}/units").json()


def test_nobody_at_home_is_unreachable(rests: list[float]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unreachable) as error:
            Transport(hosts=(address,), inside=True, bounds=_BOUNDS, sleep=rests.append).get(address)
    assert (error.value.was_sent, len(rests)) == (False, 2)


# Where it may lead


def test_only_the_hosts_it_was_given_are_asked(there: Outside, transport: Transport):
    with outside() as elsewhere:
        elsewhere.at["/"] = says("secret")
        for address in (elsewhere.address, there.address.replace("http://", "http://kari:ord@"), "file:///etc/passwd"):
            with pytest.raises(NotAllowed):
                transport.get(f"{address}/")
    assert (there.asked, elsewhere.asked) == ([], [])


def test_a_redirect_within_the_host_is_followed_and_out_of_it_is_not(there: Outside, transport: Transport):
    with outside() as elsewhere:
        elsewhere.at["/"] = says("secret")
        there.at["/old"] = status(301, Location="/new")
        there.at["/new"] = says("here")
        there.at["/out"] = status(302, Location=f"{elsewhere.address}/")
        assert transport.get(f"{there.address}/old").json() == "here"
        with pytest.raises(NotAllowed):
            transport.get(f"{there.address}/out")
    assert elsewhere.asked == []


def test_one_is_not_led_in_a_ring(there: Outside, transport: Transport):
    there.at["/ring"] = status(302, Location="/ring")
    with pytest.raises(NotAllowed):
        transport.get(f"{there.address}/ring")
    assert len(there.asked) == 4


# Names as an attacker's name server would give them, for the library's own look-up.
_INSIDE = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "0.0.0.0"]


@pytest.mark.alike
@pytest.mark.parametrize("address", _INSIDE)
def test_a_public_name_that_points_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch, address: str):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (there, 443)) for there in ("93.184.216.34", address)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    for hosts in (("https://data.example.no",), None):
        with pytest.raises(NotAllowed) as error:
            Transport(hosts=hosts).get("https://data.example.no/")
        assert error.value.why == "inside the house"


def test_nothing_is_asked_in_the_clear():
    with pytest.raises(NotAllowed):
        Transport(hosts=("http://data.example.no",)).get("http://data.example.no/")


def test_an_operator_may_move_a_source_inside(there: Outside, settings):
    there.at["/api/units"] = says([1])
    source = Source(name="Register", base_url="https://data.example.no/api", setting="KF_EXAMPLE_URL")
    assert source.address == "https://data.example.no/api"
    settings.SOURCE_URLS = {"KF_EXAMPLE_URL": f"{there.address}/api/"}
    assert source.address == f"{there.address}/api"
    transport = transport_to(source)
    assert transport.get(f"{source.address}/units").json() == [1]
    with pytest.raises(NotAllowed):
        transport.get("https://data.example.no/api/units")
