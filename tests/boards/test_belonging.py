"""A board belongs to a meeting, a challenge or a room: opened from there, in the thread, and with a way back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.models import Board
from kompetanseforum.challenges.actions import open_challenge
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import Called, call_meeting
from kompetanseforum.events.models import Meeting
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import join, page_of

pytestmark = pytest.mark.django_db

NEW = "/tavler/ny"


@pytest.fixture
def house(person: Person) -> Viewer:
    return Viewer(person=ref(person), roles=frozenset({"coordinator"}))


@pytest.fixture
def meeting(house: Viewer) -> Meeting:
    called = Called(
        title="Samling i Halden", starts_at=clock.now(), ends_at=None, place="", municipality=None, about=""
    )
    return call_meeting(called=called, by=house)


@pytest.fixture
def challenge(house: Viewer) -> Challenge:
    return open_challenge(question="Hvordan lærer vi mens vi jobber?", about="", cycle=None, by=house)


def opened(client: Client, home: object, way: str = "shared_text") -> Board:
    answer = client.post(NEW, {"title": "Felles tekst", "pattern": way, "home": str(home)})
    assert answer.status_code == 302
    return Board.objects.get(title="Felles tekst")


@pytest.mark.slow
def test_the_minutes_of_a_meeting_are_written_together(meeting: Meeting, coordinator_client: Client):
    page = coordinator_client.get(reverse("events:meeting", kwargs={"public_id": meeting.public_id})).content.decode()
    door = f"{NEW}?fra=meeting:{meeting.public_id}&amp;slik=shared_text"
    assert door in page
    assert (
        door
        in coordinator_client.get(reverse("events:minutes", kwargs={"public_id": meeting.public_id})).content.decode()
    )
    form = coordinator_client.get(door.replace("&amp;", "&")).content.decode()
    assert "Referat: Samling i Halden" in form
    assert 'value="shared_text" id="way-shared_text" checked' in form
    board = opened(coordinator_client, ref(meeting))
    edge = Edge.objects.get(downstream_kind="board", downstream_id=board.public_id)
    assert (edge.upstream, edge.relation) == (ref(meeting), "raised_in")
    home = reverse("events:meeting", kwargs={"public_id": meeting.public_id})
    assert f'href="{home}"' in coordinator_client.get(page_of(board, "text")).content.decode()
    assert page_of(board, "wall") in coordinator_client.get(home).content.decode()


@pytest.mark.slow
def test_a_text_about_a_challenge_has_its_own_headings(challenge: Challenge, coordinator_client: Client):
    page = reverse("challenges:challenge", kwargs={"public_id": challenge.public_id})
    assert f"{NEW}?fra=challenge:{challenge.public_id}" in coordinator_client.get(page).content.decode()
    board = opened(coordinator_client, ref(challenge))
    assert list(board.items.values_list("text", flat=True)) == ["Hva det gjelder", "Det vi vet", "Det vi foreslår"]
    assert f'href="{page}"' in coordinator_client.get(page_of(board, "text")).content.decode()


def test_a_guest_sees_the_way_back_too(challenge: Challenge, coordinator_client: Client, holder_client: object):
    board = opened(coordinator_client, ref(challenge), way="open_wall")
    who = join(board, "Kari")
    guest = holder_client(ref(who.guest))  # type: ignore[operator,arg-type]  # as conftest gives it
    assert "Utfordring: Hvordan lærer vi mens vi jobber?" in guest.get(page_of(board, "wall")).content.decode()


def test_who_may_not_open_a_board_sees_no_door(meeting: Meeting, challenge: Challenge):
    anybody = Client()
    for name, thing in (("events:meeting", meeting), ("challenges:challenge", challenge)):
        assert NEW not in anybody.get(reverse(name, kwargs={"public_id": thing.public_id})).content.decode()
    assert anybody.post(NEW, {"title": "x", "pattern": "open_wall", "home": str(ref(meeting))}).status_code in (
        302,
        403,
    )
    assert not Board.objects.exists()


@pytest.mark.parametrize(
    "home",
    ["", "meeting", "meeting:", "meeting:0000000000", "person:0000000000", "need:0000000000", "<b>:x", "x" * 500],
)
def test_what_is_nothing_to_belong_to_begins_a_board_that_stands_alone(coordinator_client: Client, home: str):
    assert coordinator_client.get(NEW, {"fra": home}).status_code == 200
    board = opened(coordinator_client, home)
    assert not Edge.objects.filter(downstream_id=board.public_id).exists()


def test_a_way_that_is_not_there_leaves_the_first_one_chosen(coordinator_client: Client):
    assert coordinator_client.get(NEW, {"slik": "finnes_ikke"}).content.decode().count(" checked") == 1


def test_no_person_or_need_is_a_home(person: Person, coordinator_client: Client):
    board = opened(coordinator_client, Ref("person", person.public_id))
    assert not Edge.objects.filter(downstream_id=board.public_id).exists()
