"""Each route says who may come, each permission has a rule, and each door lets in whom it should and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import count

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoDbBlocker

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock, views
from kompetanseforum.core.permissions import Viewer, permissions
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.organisations.actions import add_organisation, ask_to_represent, confirm_representation
from kompetanseforum.organisations.models import Organisation
from tests.architecture.doors import (
    ANOTHER,
    COORDINATOR,
    FACILITATOR,
    FOREIGN,
    HOLDER,
    NOBODY,
    OTHERWISE,
    OWN,
    PARTICIPANT,
    STRANGER,
    SYSTEM,
    WHO_MAY,
    Route,
    routes,
)
from tests.architecture.things import ARGUMENTS, Things, contents, make_things
from tests.architecture.things.making import CANARY
from tests.architecture.things.standing import as_it_was, one_transaction
from tests.conftest import NOON, device_holding, install

ROUTES = [route for route in routes() if route.name not in FOREIGN]
# Nobody by that name, or no such service turned on, whoever asks.
NOTHING_CHOSEN = {"forum:try_as", "accounts:elsewhere", "accounts:back", "boards:file"}
_COME_IN = {200, 204, 301, 302, 303, 304, 405, 422}


def test_every_route_has_a_name_and_declares_who_may_come():
    assert [route.pattern for route in ROUTES if route.permission is None or route.name.endswith("None")] == []


def test_every_declared_permission_has_a_rule():
    assert {route.permission for route in ROUTES} - {"", None} - set(permissions()) == set()


def test_every_permission_is_in_the_matrix():
    assert set(permissions()) ^ (set(WHO_MAY) - {""}) == set()


def test_every_address_has_an_object_to_try():
    takes_something = {route.name for route in ROUTES if re.search(r"<\w*:?\w+>", route.pattern)}
    assert takes_something - set(ARGUMENTS) == set()


@dataclass(frozen=True, slots=True)
class House:
    """Things to knock for, and the browsers of those who knock: cookies and headers."""

    things: Things
    keys: Mapping[str, tuple[SimpleCookie, dict[str, str]]]
    # Capability → the browser of a stranger who holds something there.
    strangers: Mapping[str, SimpleCookie]
    # Label of a table → its rows, before anybody knocks.
    rows: Mapping[str, object]


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with one_transaction(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def house(db: None) -> House:
    """Built once: what a knock does is rolled back, so every door finds the house as it was."""
    with clock.at(NOON), translation.override("nb"):
        install("codes", "accounts", "forum", "organisations")
        things = make_things()
        keys = {
            NOBODY: (SimpleCookie(), {}),
            HOLDER: (device_holding(*things.held).cookies, {}),
            **{who: (_signed_in_as(who).cookies, {}) for who in (COORDINATOR, FACILITATOR, PARTICIPANT)},
            OWN: (_speaking_for(*things.organisations).cookies, {}),
            ANOTHER: (_speaking_for(add_organisation(name="Nabobedriften", sector="business")).cookies, {}),
            SYSTEM: (SimpleCookie(), {"Authorization": f"Bearer {things.token_secret}"}),
        }
        strangers = {app: device_holding(held).cookies for app, held in things.held_by_another.items()}
        return House(things=things, keys=keys, strangers=strangers, rows=dict(_all_rows()))


def _all_rows() -> Iterator[tuple[str, object]]:
    return contents([model for model in apps.get_models() if model._meta.app_label != "sessions"])


# Another database than SQLite does not count what it writes: it is always looked at.
_UNCOUNTED = count()


def _writes() -> int:
    """How many rows the database has written, those taken back and those of triggers too."""
    return int(connection.connection.total_changes) if connection.vendor == "sqlite" else next(_UNCOUNTED)


# What turns somebody away at a door; who it was, and the page they were shown.
_TURNED_AWAY: set[tuple[Viewer, str]] = set()


@pytest.fixture
def _turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a refusal is the same at every door: it is drawn at the first for each who comes, and is empty after."""
    drawn = views.render

    def draw(request: HttpRequest, template: str, *more: object, status: int) -> HttpResponse:
        if (seen := (request.viewer, template)) in _TURNED_AWAY:  # type: ignore[attr-defined]
            return HttpResponse(status=status)
        _TURNED_AWAY.add(seen)
        return drawn(request, template, *more, status=status)  # type: ignore[arg-type]

    monkeypatch.setattr(views, "render", draw)


@pytest.fixture
def things(house: House, noon: object, _turned_away: None) -> Iterator[Things]:
    with as_it_was():
        yield house.things


@pytest.fixture
def clients(route: Route, house: House, things: Things) -> dict[str, Client]:
    stranger = house.strangers.get(route.app, house.strangers["needs"])
    keys = {**house.keys, STRANGER: (stranger, {})}
    return {who: _browser(cookies, headers) for who, (cookies, headers) in keys.items()}


def _browser(cookies: SimpleCookie, headers: dict[str, str]) -> Client:
    client = Client(headers=headers)
    client.cookies.load(cookies.output(header="", sep=";"))
    return client


def _signed_in_as(role: str) -> Client:
    return _browser_of(_member(role))


def _speaking_for(*organisations: Organisation) -> Client:
    """For all of them, as each of them has confirmed; a guest in the forum."""
    person, there = _member(Role.GUEST), add_person(name="Somebody there")
    for organisation in organisations:
        confirm_representation(ask_to_represent(person=person, organisation=organisation), by=there)
    return _browser_of(person)


def _member(role: str) -> Person:
    person = add_person(name=f"A {role}")
    give_role(person=person, role=Role(role))
    return person


def _browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _address(route: Route, things: Things) -> str:
    return reverse(route.name, kwargs=ARGUMENTS.get(route.name, lambda _things: {})(things))


def _knock(client: Client, method: str, address: str, route: Route) -> HttpResponse:
    if route.is_operation and method == "post":
        return client.post(address, "{}", content_type="application/json")
    return getattr(client, method)(address)


def _text(answer: HttpResponse) -> str:
    content = b"" if answer.streaming else answer.content
    return content.decode(errors="replace")


def _came_in(status: int, route: Route) -> bool:
    return status in _COME_IN or (status == 404 and route.name in NOTHING_CHOSEN)


def _should_come_in(answers: Mapping[str, int], route: Route) -> tuple[object, object]:
    """Who came in and what the others were told; and who should have, and what they should be told."""
    expected = OTHERWISE.get(route.name, WHO_MAY[route.permission or ""])
    # A program that is not known is asked who it is.
    turned_away_with = 401 if route.is_operation and expected == {SYSTEM} else 403
    found = {who: "in" if _came_in(status, route) else status for who, status in answers.items()}
    return found, {who: "in" if who in expected else turned_away_with for who in answers}


@pytest.mark.slow
@pytest.mark.parametrize("route", [route for route in ROUTES if route.methods != ("get",)], ids=str)
def test_the_door_opens_for_whom_it_should(route: Route, things: Things, clients: dict[str, Client]):
    address = _address(route, things)
    for method in set(route.methods) - {"get"}:
        answers = {}
        for who, client in clients.items():
            # What one does at the door, the next one does not find done.
            with as_it_was():
                answers[who] = _knock(client, method, address, route).status_code
        found, expected = _should_come_in(answers, route)
        assert (method, found) == (method, expected)


@pytest.mark.slow
@pytest.mark.parametrize("route", [route for route in ROUTES if "get" in route.methods], ids=str)
def test_whom_it_should_may_look_and_looking_changes_nothing(
    route: Route, house: House, things: Things, clients: dict[str, Client]
):
    """Mail scanners and browsers that look ahead open every link. (When a program's token is used is noted.)"""
    address, answers = _address(route, things), {}
    told = set()
    before = _writes()
    for who, client in clients.items():
        if who == SYSTEM:
            with as_it_was():
                written = _writes()
                answers[who] = client.get(address).status_code
            before += _writes() - written
        else:
            answer = client.get(address)
            answers[who] = answer.status_code
            told |= {who} if CANARY in _text(answer) else set()
        # Those who scan letters, and those who may do most; a view asks for HEAD what it asks for GET.
        if who in (HOLDER, COORDINATOR):
            client.head(address)
    found, expected = _should_come_in(answers, route)
    assert found == expected
    assert told <= {HOLDER, COORDINATOR}, "the address of one who voiced a need"
    if _writes() == before:
        return
    # Something was, perhaps only what is remembered of a visit.
    after = dict(_all_rows())
    assert [label for label, rows in house.rows.items() if rows != after[label]] == []
