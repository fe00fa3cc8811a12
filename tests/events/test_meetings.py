"""Meetings: called by the house, open to read, with names and minutes only where somebody has said yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person, erase_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import (
    Called,
    agree_follow_up,
    call_meeting,
    cancel_meeting,
    finish_follow_up,
    note_attendance,
    note_reflection,
    say_i_was_there,
    write_minutes,
)
from kompetanseforum.events.capability import personal_copy
from kompetanseforum.events.models import Attendance, FollowUp, Meeting
from kompetanseforum.events.queries.shown import meeting_by_id, show_meeting
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.threads.queries import thread_for
from tests.threads.test_shown import CANARY, a_need

pytestmark = pytest.mark.django_db


def a_meeting(title: str = "Folk til båt og bygg", *, days_ago: int = 3) -> Meeting:
    at = clock.now() - timedelta(days=days_ago)
    return call_meeting(called=Called(title=title, starts_at=at, place="Litteraturhuset"), by=NOBODY)


def page(client: Client, meeting: Meeting) -> str:
    return client.get(f"/moteplasser/{meeting.public_id}").content.decode()


FORM = {"title": "Folk til båt", "on": "2026-12-03", "starts": "09:00", "ends": "12:30", "sending_key": "k1"}


def test_the_house_calls_a_meeting_once_even_if_the_form_comes_twice(coordinator_client: Client, noon: object) -> None:
    first = coordinator_client.post("/moteplasser/kall-inn", FORM)
    assert coordinator_client.post("/moteplasser/kall-inn", FORM)["Location"] == first["Location"]
    assert Meeting.objects.count() == FactRow.objects.filter(name="events.MeetingCalled").count() == 1
    assert "Torsdag 3. desember, klokka 9–12.30" in coordinator_client.get(first["Location"]).content.decode()


@pytest.mark.alike
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Skriv hva det heter"),
        ({"on": "i morgen"}, "Skriv datoen slik"),
        ({"starts": "25:00"}, "Skriv klokkeslettet"),
        ({"ends": "08:00"}, "Det må slutte etter at det begynner"),
    ],
)
def test_a_form_that_is_wrong_says_why_and_keeps_what_was_typed(
    coordinator_client: Client, wrong: dict[str, str], words: str
) -> None:
    response = coordinator_client.post("/moteplasser/kall-inn", FORM | {"place": "Biblioteket"} | wrong)
    html = response.content.decode()
    assert (response.status_code, Meeting.objects.count()) == (422, 0)
    assert words in html and 'value="Biblioteket"' in html


def test_who_was_there_is_told_in_numbers_and_names_only_with_consent(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    meeting = a_meeting()
    note_attendance(meeting, sector="business", heads=31, by=NOBODY)
    note_attendance(meeting, sector="business", heads=30, by=NOBODY)
    hidden, shown = add_organisation(name=f"{CANARY} AS", sector="education"), add_organisation(name="Åpen AS")
    note_attendance(meeting, organisation=hidden, heads=2, by=NOBODY)
    note_attendance(meeting, organisation=shown, sector="public", heads=1, name_is_public=True, by=NOBODY)
    html = page(client, meeting)
    assert "33 var med, fra tre sektorer." in html and "Åpen AS" in html and CANARY not in html
    there = coordinator_client.get(f"/moteplasser/{meeting.public_id}/hvem-var-med").content.decode()
    assert f"{CANARY} AS" in there


def test_minutes_are_for_the_house_until_somebody_says_otherwise(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    meeting = a_meeting()
    write_minutes(meeting, minutes=f"{CANARY} sa noe", are_public=False, by=NOBODY)
    assert CANARY not in page(client, meeting) and CANARY in page(coordinator_client, meeting)
    write_minutes(meeting, minutes=f"{CANARY} sa noe", are_public=True, by=NOBODY)
    assert CANARY in page(client, meeting)


def test_what_was_learnt_and_taken_on_is_for_the_house_and_the_count_for_all(
    client: Client, coordinator_client: Client, person: Person, coordinator: Viewer
) -> None:
    meeting = a_meeting()
    for _ in range(2):
        note_reflection(meeting, words=f"{CANARY} lærte", by=coordinator, sending_key="r")
        follow_up = agree_follow_up(
            meeting, words=f"{CANARY} ringe", owner=person, due_on=clock.today(), by=coordinator, sending_key="f"
        )
    assert (meeting.reflections.count(), meeting.follow_ups.count()) == (1, 1)
    assert "Én ting skulle gjøres etterpå." in page(client, meeting) and CANARY not in page(client, meeting)
    assert page(coordinator_client, meeting).count(CANARY) >= 2
    finish_follow_up(follow_up, by=coordinator)
    assert "1 er gjort." in page(client, meeting) or "Én er gjort." in page(client, meeting)
    assert FactRow.objects.filter(name="events.FollowUpDone").count() == 1


def test_a_need_that_came_up_stands_in_the_thread_both_ways(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    meeting, need = a_meeting(), a_need("Vi må lære å lodde")
    found = coordinator_client.get(f"/moteplasser/{meeting.public_id}/behov?q=lodde").content.decode()
    assert f"/moteplasser/{meeting.public_id}/behov/{need.public_id}" in found
    coordinator_client.post(f"/moteplasser/{meeting.public_id}/behov/{need.public_id}")
    assert f'href="/moteplasser/{meeting.public_id}"' in client.get(f"/behov/{need.public_id}").content.decode()
    assert f'href="/behov/{need.public_id}"' in page(client, meeting)


def test_a_cancelled_meeting_leaves_the_list_and_stays_in_its_threads(client: Client, forum: object) -> None:
    meeting = a_meeting()
    cancel_meeting(meeting, by=NOBODY)
    assert meeting.title not in client.get("/moteplasser/").content.decode()
    [step] = thread_for(ref(meeting), viewer=NOBODY).steps
    assert step.step and (step.step.title, step.step.text) == (meeting.title, "Avlyst.")


@pytest.mark.slow
def test_a_meeting_is_cancelled_when_the_house_has_been_asked_once_more(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    meeting = a_meeting(days_ago=-3)
    address = f"/moteplasser/{meeting.public_id}/avlys"
    assert f'href="{address}"' in page(coordinator_client, meeting) and address not in page(client, meeting)
    # It has not been held, so nobody was there.
    assert "hvem-var-med" not in page(coordinator_client, meeting)
    assert "hvem-var-med" in page(coordinator_client, a_meeting("Det som var"))
    assert "Avlyse møtet?" in coordinator_client.get(address).content.decode()
    assert meeting.title in client.get("/moteplasser/").content.decode()
    coordinator_client.post(address)
    assert "Avlyst." in page(client, meeting) and meeting.title not in client.get("/moteplasser/").content.decode()


@pytest.mark.slow
def test_one_says_of_oneself_that_one_was_there(client: Client, forum: object) -> None:
    meeting, ola = a_meeting(), add_person(name=f"Ola {CANARY}")
    client.force_login(ola)
    address = f"/moteplasser/{meeting.public_id}/jeg-var-med"
    client.post(address, {"sector": "student"})
    assert CANARY not in page(Client(), meeting) and "1 var med." in page(Client(), meeting)
    client.post(address, {"sector": "student", "name_is_public": "on"})
    assert Attendance.objects.count() == 1 and CANARY in page(Client(), meeting)


def test_one_who_leaves_leaves_a_head_and_no_name(person: Person) -> None:
    meeting, ola = a_meeting(), add_person(name=f"Ola {CANARY}")
    by = Viewer(person=ref(ola))
    say_i_was_there(meeting, person=ola, sector="student", name_is_public=True)
    agree_follow_up(meeting, words="Ringe", owner=ola, due_on=clock.today(), by=by)
    note_reflection(meeting, words="Bra", by=by)
    copy = personal_copy(ref(ola))
    assert [len(copy[kind]) for kind in ("meetings", "taken_on", "learnt")] == [1, 1, 1]  # type: ignore[arg-type]
    erase_person(person=ola, withdraws_voices=False)
    again = meeting_by_id(meeting.public_id)
    assert again is not None
    shown = show_meeting(again, viewer=NOBODY)
    assert (shown.heads, shown.names) == (1, [])
    assert FollowUp.objects.get().owner != ola and personal_copy(Ref("person", ola.public_id))["learnt"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_no_more_for_many(client: Client, forum: object, number: int) -> None:
    for each in range(number):
        meeting = a_meeting(f"Møte {each}", days_ago=each + 1)
        a_meeting(f"Kommer {each}", days_ago=-each - 1)
        note_attendance(meeting, sector="business", heads=3, by=NOBODY)
    client.get("/moteplasser/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/moteplasser/").content.decode().count("row-words") == 2 * number
    assert len(asked) <= 9


@pytest.mark.slow
def test_one_meeting_asks_little(coordinator_client: Client, coordinator: Viewer) -> None:
    meeting = a_meeting()
    for sector in ("business", "education", "public"):
        note_attendance(meeting, sector=sector, heads=2, by=coordinator)
        note_reflection(meeting, words=sector, by=coordinator)
        need = a_need(sector)
        coordinator_client.post(f"/moteplasser/{meeting.public_id}/behov/{need.public_id}")
    with CaptureQueriesContext(connection) as asked:
        coordinator_client.get(f"/moteplasser/{meeting.public_id}")
    assert len(asked) <= 22


def test_the_front_page_shows_the_next_meeting_and_none_that_has_been(client: Client, forum: object) -> None:
    a_meeting("Var i går", days_ago=1)
    assert "Neste møteplass" not in client.get("/").content.decode()
    a_meeting("Om ei veke", days_ago=-7)
    a_meeting("Om ein månad", days_ago=-30)
    html = client.get("/").content.decode()
    assert "Om ei veke" in html and "Om ein månad" not in html and "Var i går" not in html
