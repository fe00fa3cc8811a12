"""Minutes that stand on a meeting's page become needs where they are, and the needs are tied to the meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kompetanse.trace import Relation
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import Called, call_meeting, raise_need, write_minutes
from kompetanseforum.events.models import Meeting
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.minutes.actions import Choice, decide
from kompetanseforum.minutes.models import Minutes, Proposal
from kompetanseforum.minutes.queries import waiting_in
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.threads.actions import tie
from kompetanseforum.threads.queries import standing_edge
from tests.minutes.conftest import SAID

# With real words, since they must be heard.
pytestmark = pytest.mark.usefixtures("metal_trades", "noon")

LATER = "Glomma Laks trenger automatikere som kan PLS."
FIND, FIND_NEW, FOUND = "Finn behovene i referatet", "Finn det som er nytt i referatet", "Det vi fant i referatet"


@pytest.fixture
def meeting() -> Meeting:
    started = clock.now() - timedelta(days=3)
    meeting = call_meeting(called=Called(title="Folk til båt", starts_at=started), by=NOBODY)
    write_minutes(meeting, minutes=f"Sak 1. Runde. {SAID}", are_public=False, by=NOBODY)
    return meeting


def press(client: Client, meeting: Meeting) -> Minutes:
    answer = client.post(f"/referat/fra-mote/{meeting.public_id}")
    return Minutes.objects.get(public_id=answer["Location"].rsplit("/", 1)[1])


def page(client: Client, meeting: Meeting) -> str:
    return client.get(f"/moteplasser/{meeting.public_id}").content.decode()


def taken(minutes: Minutes, *, by: Viewer, need: Need | None = None) -> Need:
    [proposal] = waiting_in(minutes)
    choice = Choice(proposal, words=SAID, organisation="Borgskilt Profil AS", need=need)
    [decided] = decide([choice], by=by)
    return Need.objects.get(public_id=decided.need_id)


@pytest.mark.slow
def test_one_press_reads_what_stands_there(meeting: Meeting, coordinator_client: Client):
    assert FIND in page(coordinator_client, meeting)
    minutes = press(coordinator_client, meeting)
    assert (minutes.title, minutes.held_on, minutes.source) == (
        "Folk til båt",
        clock.today() - timedelta(days=3),
        "here",
    )
    assert [one.words for one in waiting_in(minutes)] == [SAID]
    there = page(coordinator_client, meeting)
    assert FOUND in there and FIND not in there
    assert "Til møtet</a></p>" in coordinator_client.get(f"/referat/{minutes.public_id}").content.decode()


@pytest.mark.slow
def test_pressed_twice_it_is_read_once(meeting: Meeting, coordinator_client: Client):
    assert press(coordinator_client, meeting) == press(coordinator_client, meeting)
    assert Minutes.objects.count() == Proposal.objects.count() == 1


@pytest.mark.slow
def test_its_needs_came_up_at_the_meeting(
    meeting: Meeting, coordinator_client: Client, client: Client, coordinator: Viewer
):
    need = taken(press(coordinator_client, meeting), by=coordinator)
    assert standing_edge(upstream=ref(meeting), downstream=ref(need), relation="raised_in")
    # Coordinators see the sentence; the others that it came up at the meeting, and nothing of what was said there.
    address = f"/behov/{need.public_id}"
    assert "Sak 1. Runde." in coordinator_client.get(address).content.decode()
    for seen in (client.get(address).content.decode(), page(client, meeting)):
        assert "Folk til båt" in seen and "Runde" not in seen and "Borgskilt" not in seen


@pytest.mark.slow
def test_what_is_decided_is_not_asked_again_when_more_is_written(
    meeting: Meeting, coordinator_client: Client, coordinator: Viewer
):
    taken(press(coordinator_client, meeting), by=coordinator)
    write_minutes(meeting, minutes=f"{meeting.minutes}\n\n{LATER}", are_public=False, by=NOBODY)
    assert FIND_NEW in page(coordinator_client, meeting)
    assert [one.words for one in waiting_in(press(coordinator_client, meeting))] == [LATER]


def test_what_waits_is_asked_once_when_more_is_written(meeting: Meeting, coordinator_client: Client):
    before = press(coordinator_client, meeting)
    write_minutes(meeting, minutes=f"{LATER}\n\n{meeting.minutes}", are_public=False, by=NOBODY)
    after = press(coordinator_client, meeting)
    assert waiting_in(before) == []
    assert [one.words for one in waiting_in(after)] == [LATER, SAID]


@pytest.mark.slow
def test_what_is_changed_back_is_asked_as_it_stands(meeting: Meeting, coordinator_client: Client):
    first = meeting.minutes
    press(coordinator_client, meeting)
    write_minutes(meeting, minutes=f"{first}\n\n{LATER}", are_public=False, by=NOBODY)
    press(coordinator_client, meeting)
    write_minutes(meeting, minutes=first, are_public=False, by=NOBODY)
    assert [one.words for one in waiting_in(press(coordinator_client, meeting))] == [SAID]
    assert FIND_NEW not in page(coordinator_client, meeting)


@pytest.mark.slow
def test_a_need_that_the_meeting_came_of_is_tied_to_the_text_instead(
    meeting: Meeting, coordinator_client: Client, coordinator: Viewer
):
    there = voice_need(said=Said(words="Vi får ikke tak i folk som kan sveise aluminium"), by=None).need
    tie(upstream=ref(there), downstream=ref(meeting), relation=Relation.BECAME, by=coordinator)
    minutes = press(coordinator_client, meeting)
    assert taken(minutes, by=coordinator, need=there) == there
    assert standing_edge(upstream=ref(minutes), downstream=ref(there), relation="raised_in")


@pytest.mark.slow
def test_a_need_that_was_tied_to_the_meeting_by_hand_has_its_sentence_too(
    meeting: Meeting, coordinator_client: Client, coordinator: Viewer
):
    there = voice_need(said=Said(words="Vi får ikke tak i folk som kan sveise aluminium"), by=None).need
    raise_need(meeting, need=there, by=coordinator)
    taken(press(coordinator_client, meeting), by=coordinator, need=there)
    assert "Sak 1. Runde." in coordinator_client.get(f"/behov/{there.public_id}").content.decode()


def test_only_those_who_may_read_minutes_are_offered_it(meeting: Meeting, client: Client):
    eva = add_person(name="Eva Dal")
    give_role(person=eva, role=Role.FACILITATOR)
    client.force_login(eva)
    there = page(client, meeting)
    assert SAID in there and FIND not in there


def test_without_minutes_there_is_nothing_to_read(meeting: Meeting, coordinator_client: Client):
    write_minutes(meeting, minutes="", are_public=False, by=NOBODY)
    assert "referatet</button>" not in page(coordinator_client, meeting)
    assert coordinator_client.post(f"/referat/fra-mote/{meeting.public_id}").status_code == 404
    assert coordinator_client.post("/referat/fra-mote/ingenting").status_code == 404
