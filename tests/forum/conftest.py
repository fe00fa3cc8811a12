"""Members with their own browsers, and what a coordinator invites them with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Forum, Role


@pytest.fixture
def member(forum: Forum) -> Callable[..., Person]:
    """`member("Ola Vik", Role.GUEST)`."""

    def one(name: str, *roles: Role) -> Person:
        person = add_person(name=name, email=f"{name.split(maxsplit=1)[0].lower()}@firma.example")
        for role in roles or (Role.PARTICIPANT,):
            give_role(person=person, role=role)
        return person

    return one


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    def one(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return one
