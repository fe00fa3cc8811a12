"""What the tests of the loop's end share: members, a need in words of its own, and a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Forum, Role
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.pilots.actions import Plan

# What only the voice itself and the coordinators may read.
CANARY = "kanari@hemmelig.example"


@pytest.fixture
def member(forum: Forum) -> Person:
    """Takes part; no coordinator."""
    ola = add_person(name="Ola Nes", email="ola@skole.example")
    give_role(person=ola, role=Role.PARTICIPANT)
    return ola


@pytest.fixture
def make_need(forum: Forum) -> Callable[..., Need]:
    def make(words: str = "Vi trenger to som kan sveise", *, is_public: bool = True, firm: str = "Båtbygger'n") -> Need:
        said = Said(words=words, words_are_public=is_public, email=CANARY)
        return voice_need(said=said, by=None, organisation=add_organisation(name=firm, kind="boatbuilder")).need

    return make


def viewer_of(person: Person, *roles: str) -> Viewer:
    return Viewer(person=ref(person), roles=frozenset(roles or ("participant",)))


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def plan(title: str = "Sveisekvelder", *, ends_on: date | None = None) -> Plan:
    return Plan(
        title=title,
        hypothesis="Hvis det er kveld, kommer de små",
        smallest_test="To kvelder i uka",
        who="Seks ansatte",
        begins_on=clock.today() - timedelta(days=1),
        ends_on=ends_on,
        stop_if="Færre enn fire kommer",
    )


def sent(**changed: str) -> dict[str, str]:
    """The plan as the form sends it."""
    return {
        "title": "Sveisekvelder",
        "hypothesis": "Hvis det er kveld, kommer de små",
        "smallest_test": "To kvelder i uka",
        "who": "Seks ansatte",
        "organisation": "",
        "begins_on": "2026-11-23",
        "ends_on": "",
        "stop_if": "Færre enn fire kommer",
        "sending_key": "en-gang",
    } | changed
