"""Letters as they come, and somebody who types the code from one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from kompetanseforum.forum.models import Forum


def code_in(letter: EmailMessage) -> str:
    found = re.search(r"\b(\d{3}) (\d{3})\b", str(letter.body))
    assert found, letter.body
    return found[1] + found[2]


@pytest.fixture
def ask(client: Client, forum: Forum, mailoutbox: list[EmailMessage]) -> Callable[..., str]:
    """`ask("kari@…")`: ask for a code in this browser; the code."""

    def one(email: str, *, by: Client = client, **more: str) -> str:
        by.post("/logg-inn", {"email": email, **more})
        return code_in(mailoutbox[-1])

    return one


@pytest.fixture
def signed_in(client: Client, ask: Callable[..., str]) -> Callable[..., HttpResponse]:
    """`signed_in("kari@…")`: all the way in; what the code was answered with."""

    def one(email: str, *, by: Client = client, **more: str) -> HttpResponse:
        return by.post("/logg-inn/kode", {"code": ask(email, by=by, **more)})

    return one


def who_is(client: Client) -> str:
    """The name in the heading of My page; "" for somebody who is not signed in."""
    answer = client.get("/min-side")
    found = re.search(r"<h1>(.*?)</h1>", answer.content.decode())
    return found[1] if found and answer.status_code == 200 else ""
