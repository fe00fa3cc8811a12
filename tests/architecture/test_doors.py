"""Each route says who may come, each permission has a rule, and each door lets in whom it should and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.core.permissions import permissions
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Forum, Role
from tests.architecture.doors import (
    COORDINATOR,
    FACILITATOR,
    FOREIGN,
    GUEST,
    HOLDER,
    NOBODY,
    OTHERWISE,
    PARTICIPANT,
    STRANGER,
    SYSTEM,
    WHO_MAY,
    Route,
    routes,
)
from tests.architecture.things import ARGUMENTS, Things, contents, make_things

ROUTES = [route for route in routes() if route.name not in FOREIGN]
# Nobody by that name, or no such service turned on, whoever asks.
NOTHING_CHOSEN = {"forum:try_as", "accounts:elsewhere", "accounts:back"}
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


@pytest.fixture
def things(forum: Forum, noon: object) -> Things:
    return make_things()


@pytest.fixture
def clients(
    route: Route, things: Things, coordinator_client: Client, holder_client: Callable[..., Client]
) -> dict[str, Client]:
    another = things.held_by_another.get(route.app, things.held_by_another["needs"])
    return {
        NOBODY: Client(),
        HOLDER: holder_client(*things.held),
        STRANGER: holder_client(another),
        COORDINATOR: coordinator_client,
        **{role: _signed_in_as(role) for role in (FACILITATOR, PARTICIPANT, GUEST)},
        SYSTEM: Client(headers={"Authorization": f"Bearer {things.token_secret}"}),
    }


def _signed_in_as(role: str) -> Client:
    person = add_person(name=f"A {role}")
    give_role(person=person, role=Role(role))
    client = Client()
    client.force_login(person)
    return client


def _address(route: Route, things: Things) -> str:
    return reverse(route.name, kwargs=ARGUMENTS.get(route.name, lambda _things: {})(things))


def _knock(client: Client, method: str, address: str, route: Route) -> HttpResponse:
    if route.is_operation and method == "post":
        return client.post(address, "{}", content_type="application/json")
    return getattr(client, method)(address)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_the_door_opens_for_whom_it_should(route: Route, things: Things, clients: dict[str, Client]):
    address = _address(route, things)
    expected = OTHERWISE.get(route.name, WHO_MAY[route.permission or ""])
    # A program that is not known is asked who it is.
    turned_away_with = 401 if route.is_operation and expected == {SYSTEM} else 403
    for method in route.methods:
        came_in, turned_away = set(), {}
        for who, client in clients.items():
            # What one does at the door, the next one does not find done.
            with transaction.atomic():
                status = _knock(client, method, address, route).status_code
                transaction.set_rollback(True)
            if status in _COME_IN or (status == 404 and route.name in NOTHING_CHOSEN):
                came_in.add(who)
            else:
                turned_away[who] = status
        assert (method, came_in, turned_away) == (
            method,
            expected,
            dict.fromkeys(set(clients) - expected, turned_away_with),
        )


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_looking_changes_nothing(route: Route, things: Things, clients: dict[str, Client]):
    """Mail scanners and browsers that look ahead open every link. (They have no token; when one is used is noted.)"""
    address = _address(route, things)
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    before = dict(contents(models))
    for who, client in clients.items():
        if who != SYSTEM:
            client.get(address)
            client.head(address)
    after = dict(contents(models))
    assert [label for label in before if before[label] != after[label]] == []
