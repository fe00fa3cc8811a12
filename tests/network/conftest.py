"""What the tests of the network share: people in browsers of their own, with cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.forum.models import Forum
from kompetanseforum.network.actions import CardSaid, keep_card
from kompetanseforum.network.models import Card, Side

MakePerson = Callable[..., Person]


@pytest.fixture
def somebody(forum: Forum) -> MakePerson:
    def make(name: str, *, phone: str = "") -> Person:
        return add_person(
            name=name, email=f"{name.lower().replace(' ', '.').replace('å', 'a')}@firm.example", phone=phone
        )

    return make


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def carded(person: Person, *, may_be_asked: bool = True, **words: str) -> Card:
    """Found, and (unless said otherwise) open for talks."""
    said = CardSaid(
        wants_to_be_found=True, may_be_asked=may_be_asked, words={Side(side): text for side, text in words.items()}
    )
    return keep_card(person, said=said)
