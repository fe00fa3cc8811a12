"""What the tests of the network share: people in browsers of their own, with cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanse.vocabulary import Vocabulary
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.forum.models import Forum
from kompetanseforum.network.actions import CardSaid, keep_card
from kompetanseforum.network.models import Card, Side
from kompetanseforum.skills.actions import load_vocabulary
from tests.kompetanse.esco.making import WELD
from tests.skills.conftest import entry

MakePerson = Callable[..., Person]

_PROJECTS = "http://data.europa.eu/esco/skill/7111b95d-0ce3-441a-9d92-4c75d05c4388"
_TILES = "http://data.europa.eu/esco/skill/fc7dcbb9-e10a-4b6b-a2a5-57d3cd7bba85"


@pytest.fixture
def few_words(forum: Forum) -> Forum:
    """A forum that hears three skills: the whole vocabulary takes seconds."""
    skills = (
        entry(WELD, "sveise aluminium", "sveise aluminium", "weld aluminium", "sveising"),
        entry(_PROJECTS, "prosjektledelse", "prosjektleiing", "project management"),
        entry(_TILES, "legge fliser", "leggje fliser", "lay tiles"),
    )
    load_vocabulary(Vocabulary(skills=skills, occupations=(), pairs=()))
    return forum


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
