"""What comes of a sign-up: letters, a head among those who were there, and in the end nobody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from kompetanseforum.accounts.actions import add_person, erase_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import (
    Called,
    SignUpSaid,
    cancel_meeting,
    change_meeting,
    note_attendance,
    sign_up,
    withdraw_sign_up,
)
from kompetanseforum.events.capability import personal_copy, work
from kompetanseforum.events.models import Attendance, Meeting, SignUp
from kompetanseforum.organisations.models import Organisation
from tests.events.test_signing_up import a_coming_meeting, page
from tests.threads.test_shown import CANARY

pytestmark = pytest.mark.django_db


def comes(meeting: Meeting, name: str = "Kari", **said: object) -> SignUp:
    return sign_up(meeting, said=SignUpSaid(name=name, **said), by=NOBODY)  # type: ignore[arg-type]


def move(meeting: Meeting, **to: object) -> None:
    now = {"title": meeting.title, "starts_at": meeting.starts_at, "place": meeting.place}
    change_meeting(meeting, called=Called(**now | to), by=NOBODY)  # type: ignore[arg-type]


def everything_told(letters: list[EmailMessage]) -> list[tuple[str, str]]:
    """To whom and about what, of what was sent since the last time."""
    while work():
        pass
    told = [(letter.to[0], letter.subject.partition(":")[0]) for letter in letters]
    letters.clear()
    return told


def test_who_leaves_an_address_gets_the_link_and_nothing_that_was_typed(
    forum: object, mailoutbox: list[EmailMessage]
) -> None:
    meeting = a_coming_meeting()
    comes(meeting, f"{CANARY} http://spam.example", from_where=CANARY, heads=3, email="kari@skole.example")
    comes(meeting, "Uten adresse")
    work()
    [letter] = mailoutbox
    assert letter.subject == "Du er påmeldt: Folk til båt" and letter.to == ["kari@skole.example"]
    assert "/moteplasser/pamelding/lenke/" in letter.body and "tre plasser til dere" in letter.body
    assert "Litteraturhuset" in letter.body and CANARY not in letter.body
    assert not work() and len(mailoutbox) == 1


def test_a_new_time_or_place_is_told_once_to_those_who_still_come(
    forum: object, mailoutbox: list[EmailMessage]
) -> None:
    meeting = a_coming_meeting()
    comes(meeting, email="kari@skole.example"), comes(meeting, "Uten adresse")
    gone = comes(meeting, "Borte", email="borte@skole.example")
    everything_told(mailoutbox)
    withdraw_sign_up(gone, by=NOBODY)
    move(meeting, title="Folk til båt og bygg")
    assert everything_told(mailoutbox) == []
    move(meeting, place="Biblioteket")
    # Moved again before the letter goes: it says where it is now.
    move(meeting, place="Rådhuset")
    work()
    [letter] = mailoutbox
    assert letter.to == ["kari@skole.example"] and "Ny tid eller nytt sted" in letter.subject
    assert "Rådhuset" in letter.body and "Biblioteket" not in letter.body
    mailoutbox.clear()
    assert everything_told(mailoutbox) == []


def test_that_it_is_cancelled_is_told_once_and_nothing_after(forum: object, mailoutbox: list[EmailMessage]) -> None:
    meeting = a_coming_meeting()
    comes(meeting, email="kari@skole.example")
    withdraw_sign_up(comes(meeting, "Borte", email="borte@skole.example"), by=NOBODY)
    for _ in range(2):
        cancel_meeting(Meeting.objects.get(pk=meeting.pk), by=NOBODY)
    # The receipt that waited is not needed any more.
    assert everything_told(mailoutbox) == [("kari@skole.example", "Møtet er avlyst")]
    move(meeting, place="Rådhuset")
    assert everything_told(mailoutbox) == []


def test_nobody_is_told_of_what_is_over(forum: object, mailoutbox: list[EmailMessage]) -> None:
    meeting = a_coming_meeting()
    comes(meeting, email="kari@skole.example")
    with clock.at(meeting.starts_at + timedelta(days=1)):
        move(meeting, place="Rådhuset")
        assert everything_told(mailoutbox) == []


def test_before_it_is_cancelled_the_house_sees_how_many_must_be_told(coordinator_client: Client) -> None:
    meeting = a_coming_meeting()
    assert "e-postadressen, får brev" not in page(coordinator_client, meeting, "/avlys")
    comes(meeting, heads=3)
    html = page(coordinator_client, meeting, "/avlys")
    assert "Tre har meldt seg på." in html and "e-postadressen, får brev" in html


@pytest.mark.slow
def test_those_who_had_signed_up_become_those_who_were_there_in_one_tap_each(coordinator_client: Client) -> None:
    meeting = a_coming_meeting()
    first = comes(meeting, from_where="Borgskilt AS", sector="business", heads=2)
    comes(meeting, "Ola", from_where=" borgskilt as ", heads=3)
    alone = comes(meeting, "Liv", sector="education")
    comes(meeting, "Siv", from_where="Kommer ikke AS")
    note_attendance(meeting, sector="education", heads=4, by=NOBODY)
    with clock.at(meeting.starts_at + timedelta(hours=1)):
        offered = page(coordinator_client, meeting, "/hvem-var-med")
        assert offered.count("De var med<") == 3 and "Borgskilt AS, 5<" in offered
        for one in (first, alone):
            for _ in range(2):
                coordinator_client.post(f"/moteplasser/pamelding/{one.public_id}/var-med")
        assert page(coordinator_client, meeting, "/hvem-var-med").count("De var med<") == 1
    there = Attendance.objects.values_list("organisation__name", "sector", "heads")
    assert sorted(there, key=str) == [("Borgskilt AS", "business", 5), (None, "education", 5)]
    # A name typed by a stranger is nobody in the forum before the house has said that they were there.
    assert not Organisation.objects.filter(name="Kommer ikke AS").exists()
    # Taken away, they can be counted anew.
    borgskilt = Attendance.objects.get(organisation__name="Borgskilt AS")
    coordinator_client.post(f"/moteplasser/deltakelse/{borgskilt.public_id}/fjern")
    assert page(coordinator_client, meeting, "/hvem-var-med").count("De var med<") == 2


@pytest.mark.slow
def test_a_month_after_the_meeting_nobody_knows_who_it_was(coordinator_client: Client) -> None:
    meeting = a_coming_meeting()
    comes(meeting, CANARY, from_where=CANARY, sector="business", heads=4, email=f"{CANARY}@skole.example")
    later = a_coming_meeting("Seinere", days=40)
    comes(later, "Liv")
    for days, is_known in ((29, True), (31, False)):
        with clock.at(meeting.starts_at + timedelta(days=days)):
            work()
            row = SignUp.objects.get(meeting=meeting)
            assert (CANARY in str(row.__dict__), row.heads, row.sector) == (is_known, 4, "business")
            assert not SignUp.objects.filter(meeting=later, name="").exists()
            assert (CANARY in page(coordinator_client, meeting, "/pameldte")) == is_known


@pytest.mark.slow
@pytest.mark.parametrize("days", [3, -1])
def test_who_leaves_the_forum_takes_the_name_along(client: Client, person: Person, forum: object, days: int) -> None:
    meeting = a_coming_meeting()
    ola = add_person(name="Ola Vik")
    client.force_login(ola)
    typed = {"name": f"Ola {CANARY}", "heads": "2", "email": "annen@skole.example", "sending_key": "k"}
    client.post(f"/moteplasser/{meeting.public_id}/meld-deg-pa", typed)
    [copied] = personal_copy(ref(ola))["signed_up"]  # type: ignore[misc]
    assert (copied["name"], copied["heads"]) == (f"Ola {CANARY}", 2)
    assert personal_copy(ref(person))["signed_up"] == []
    with clock.at(meeting.starts_at - timedelta(days=days)):
        erase_person(person=ola, withdraws_voices=False)
    row = SignUp.objects.get()
    assert CANARY not in str(row.__dict__) and row.email == "" and row.heads == 2
    # Who is gone before the meeting does not come to it.
    assert (row.withdrawn_at is None) == (days < 0)
