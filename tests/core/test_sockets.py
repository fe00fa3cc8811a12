"""The door for sockets asks whose page opens one: a browser sends our visitor's cookies along from any site."""

from __future__ import annotations

import pytest

from kompetanseforum.core.sockets import _is_from_here


def scope(**headers: str) -> dict[str, object]:
    return {"headers": [(name.encode(), value.encode()) for name, value in headers.items()]}


@pytest.mark.alike
@pytest.mark.parametrize(
    ("origin", "is_from_here"),
    [
        ("http://localhost:8000", True),
        ("https://localhost:8000", True),
        ("http://localhost:9000", False),
        ("https://localhost.evil.example", False),
        ("https://evil.example/localhost:8000", False),
        ("null", False),
        ("", False),
    ],
)
def test_a_socket_is_opened_by_a_page_of_ours_alone(origin: str, is_from_here: bool):
    assert _is_from_here(scope(host="localhost:8000", origin=origin)) is is_from_here


def test_a_program_without_pages_says_no_origin_and_is_let_on_to_the_permission():
    assert _is_from_here(scope(host="localhost:8000"))


@pytest.mark.alike
@pytest.mark.parametrize("host", ["", "evil.example", "localhost.evil.example"])
def test_a_host_that_is_not_ours_is_refused(host: str, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert not _is_from_here(scope(host=host))
