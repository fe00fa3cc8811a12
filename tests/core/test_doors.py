"""Devices that every capability leans on: permissions, held links, Refs, health."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kompetanse.refs import Ref
from kompetanseforum.core import permissions
from kompetanseforum.core.capability import resolve
from kompetanseforum.core.held import held_by, hold
from kompetanseforum.core.permissions import NOBODY, Viewer, permission, public, require, requires
from kompetanseforum.forum.models import Forum

KARI, OLA = Ref("person", "kari000000"), Ref("person", "ola0000000")
VOICE, OTHER = Ref("voice", "aaaaaaaaaa"), Ref("voice", "bbbbbbbbbb")


@pytest.fixture
def swim():
    """A permission for the length of a test: coordinators may swim in deep water, all in shallow."""

    @permission("pools.swim")
    def may_swim(viewer: Viewer, metres: int | None) -> bool:
        return viewer.is_a("coordinator") or (metres or 0) < 2

    yield
    permissions._rules.pop("pools.swim")


def test_a_rule_is_asked_about_the_object(swim):
    require(NOBODY, "pools.swim", 1)
    with pytest.raises(PermissionDenied):
        require(NOBODY, "pools.swim", 3)
    require(Viewer(roles=frozenset({"coordinator"})), "pools.swim", 3)


def test_two_rules_of_one_name_are_refused(swim):
    with pytest.raises(ValueError, match="two rules"):
        permission("pools.swim")(lambda viewer, about: True)


def _metres(metres: str) -> int:
    return int(metres)


def test_a_view_is_not_reached_without_its_permission(swim):
    reached = []

    @requires("pools.swim", of=_metres)
    def dive(request: HttpRequest, metres: int) -> HttpResponse:
        reached.append(metres)
        return HttpResponse()

    request = RequestFactory().get("/")
    request.viewer = NOBODY
    with pytest.raises(PermissionDenied):
        dive(request, metres="3")
    dive(request, metres="1")
    assert (reached, dive.permission) == ([1], "pools.swim")


def test_public_is_said_out_loud():
    assert public(lambda request: HttpResponse()).permission == ""


def test_the_actor_is_the_person_else_the_only_link_held():
    assert Viewer(person=KARI, holds=frozenset({VOICE})).actor == KARI
    assert Viewer(holds=frozenset({VOICE})).actor == VOICE
    assert Viewer(holds=frozenset({VOICE, OTHER})).actor is None
    assert NOBODY.actor is None


@pytest.mark.django_db
def test_a_device_holds_what_it_came_by_newest_last(client: Client):
    request = HttpRequest()
    request.session = client.session
    for number in range(130):
        hold(request, Ref("voice", f"v{number:09d}"))
    hold(request, Ref("voice", "v000000129"))
    held = held_by(request)
    assert (len(held), Ref("voice", "v000000129") in held, Ref("voice", "v000000000") in held) == (100, True, False)


def test_a_ref_of_an_unknown_kind_is_deleted():
    assert resolve(Ref("unicorn", "7h3k2m9qxa")) is None


@pytest.mark.django_db
def test_health_answers_when_the_database_does(client: Client):
    assert client.get("/frisk").json() == {"status": "ok"}


@pytest.mark.alike
@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Vi finner ikke siden"), ("nn", "Vi finn ikkje sida"), ("en", "We cannot find the page")],
)
def test_a_page_that_is_not_there_says_so_in_three_languages(language: str, words: str, client: Client, forum: Forum):
    client.cookies["forum_language"] = language
    answer = client.get("/nowhere")
    assert (answer.status_code, words in answer.content.decode()) == (404, True)


@pytest.mark.alike
@pytest.mark.parametrize("path", ["/", "/frisk", "/nowhere"])
def test_every_answer_keeps_strangers_out(path: str, client: Client, forum: Forum):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert (headers["X-Frame-Options"], headers["Referrer-Policy"], headers["X-Content-Type-Options"]) == (
        "DENY",
        "same-origin",
        "nosniff",
    )
