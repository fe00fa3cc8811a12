"""Limits and forged forms, over a real connection: who is counted with whom, and what one is told."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.server import Device, Server, new_key, voice_fields
from tests.ready import ready

# One process, for they share a server.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("doors under pressure")]

MOST = 40
WINDOW_SECONDS, NEEDED_SECONDS = 600, 45


@pytest.fixture(autouse=True)
def _within_one_window() -> None:
    """A limit counts from one tenth minute of the clock to the next; a test that crossed one would count twice from nought."""
    left = WINDOW_SECONDS - time.time() % WINDOW_SECONDS
    if left < NEEDED_SECONDS:
        time.sleep(left + 0.5)


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that counts by what its proxy says: each test comes from networks of its own."""
    data = ready("few_words", tmp_path_factory.mktemp("behind_a_proxy") / "data")
    with Server(data, settings={"KF_LIMITS": "1", "KF_PROXIES": "1"}) as server:
        yield server


def send(device: Device, token: str, **more: str) -> tuple[int, str]:
    fields = voice_fields(new_key(), words="Vi må lære å sveise aluminium", organisation="Mange AS") | more
    answer = device.post("/behov/meld", fields, token=token)
    return answer.status, answer.text


def write(server: Server, times: int, *, forwarded: Callable[[int], str] | None = None) -> list[int]:
    """The answers to so many forms, each with the X-Forwarded-For that `forwarded` makes of its number."""
    statuses = []
    with Device(server.port) as first:
        token, cookies = first.token(), first.cookies
    for number in range(times):
        device = Device(server.port, **({"X_Forwarded_For": forwarded(number)} if forwarded else {}))
        device.cookies = dict(cookies)
        with device:
            statuses.append(send(device, token)[0])
    return statuses


def test_without_a_proxy_nobody_escapes_the_limit_by_naming_other_addresses(
    start_server: Callable[..., Server],
) -> None:
    server = start_server(KF_LIMITS="1", KF_PROXIES="0")
    statuses = write(server, MOST + 3, forwarded=lambda number: f"198.51.100.{number}")
    assert statuses == [302] * MOST + [429] * 3


def test_behind_one_proxy_each_address_counts_alone_and_what_it_says_before_the_proxy_is_not_believed(
    behind_a_proxy: Server,
) -> None:
    liar = write(behind_a_proxy, MOST + 2, forwarded=lambda number: f"203.0.113.{number}, 198.51.100.7")
    another = write(behind_a_proxy, 1, forwarded=lambda number: "198.51.100.8")
    assert (liar, another) == ([302] * MOST + [429] * 2, [302])


def test_a_household_on_ipv6_is_one_and_its_neighbour_another(behind_a_proxy: Server) -> None:
    household = write(behind_a_proxy, MOST + 2, forwarded=lambda number: f"2001:db8:1:2::{number:x}")
    neighbour = write(behind_a_proxy, 1, forwarded=lambda number: "2001:db8:1:3::1")
    assert (household, neighbour) == ([302] * MOST + [429] * 2, [302])


def test_past_the_limit_the_words_stand_in_the_form_and_one_is_told_when(behind_a_proxy: Server) -> None:
    with Device(behind_a_proxy.port, X_Forwarded_For="198.51.100.9") as device:
        token = device.token()
        for _ in range(MOST):
            send(device, token)
        status, text = send(device, token, words="Ordene mine skal ikke gå tapt")
    assert status == 429
    assert "Ordene mine skal ikke gå tapt" in text and "Prøv igjen om" in text


def test_a_form_without_its_token_is_refused_in_norwegian_and_says_that_the_words_are_kept(
    behind_a_proxy: Server,
) -> None:
    with Device(behind_a_proxy.port, X_Forwarded_For="198.51.100.10") as stranger:
        status, text = send(stranger, "")
        stranger.cookies["forum_language"] = "nn"
        nynorsk = send(stranger, "forged")[1]
        stranger.get("/behov/meld")
        forged = send(stranger, "x" * 64)[0]
    assert (status, forged) == (403, 403)
    assert "Skjemaet hadde stått for lenge" in text and "Det du skrev, er lagret på denne enheten" in re.sub(
        r"\s+", " ", text
    )
    assert "Skjemaet hadde stått for lenge" in nynorsk and "Det du skreiv, er lagra på denne eininga" in re.sub(
        r"\s+", " ", nynorsk
    )
    assert 'lang="nb"' in text and 'lang="nn"' in nynorsk
