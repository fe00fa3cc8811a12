"""Signing up for a meeting: without an account, counted once, with room for so many, and names for the house alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import (
    Called,
    NoRoom,
    SignUpSaid,
    call_meeting,
    change_sign_up,
    sign_up,
)
from kompetanseforum.events.capability import personal_copy, work
from kompetanseforum.events.models import Meeting, SignUp
from kompetanseforum.events.queries.signing_up import sign_up_secret
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from tests.threads.test_shown import CANARY

pytestmark = pytest.mark.django_db
FORM = {"name": f"Kari {CANARY}", "organisation": "Borgskilt AS", "heads": "2", "sending_key": "k1"}


def a_coming_meeting(title: str = "Folk til båt", *, days: int = 3, places: int | None = None) -> Meeting:
    at = clock.now() + timedelta(days=days)
    called = Called(title=title, starts_at=at, place="Litteraturhuset", places=places)
    return call_meeting(called=called, by=NOBODY)


def signs_up(client: Client, meeting: Meeting, **typed: str) -> HttpResponse:
    return client.post(f"/moteplasser/{meeting.public_id}/meld-deg-pa", FORM | typed)


def page(client: Client, meeting: Meeting, of: str = "") -> str:
    return client.get(f"/moteplasser/{meeting.public_id}{of}").content.decode()


def test_one_signs_up_without_an_account_and_is_counted_once(client: Client, forum: object) -> None:
    meeting = a_coming_meeting()
    assert "Meld deg på" in page(client, meeting)
    first = signs_up(client, meeting)
    assert signs_up(client, meeting)["Location"] == first["Location"]
    assert SignUp.objects.count() == FactRow.objects.filter(name="events.SignUpMade").count() == 1
    receipt = client.get(first["Location"]).content.decode()
    assert "Du er påmeldt" in receipt and f"Kari {CANARY}" in receipt and "/moteplasser/pamelding/lenke/" in receipt
    assert "To har meldt seg på." in page(Client(), meeting)
    assert "Se påmeldingen din" in page(client, meeting) and "Se påmeldingen din" not in page(Client(), meeting)


def test_a_door_stands_on_the_front_page_and_in_the_list_until_one_is_signed_up_or_it_begins(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    meeting = a_coming_meeting()
    door = f'href="/moteplasser/{meeting.public_id}/meld-deg-pa"'
    for address in ("/", "/moteplasser/"):
        assert client.get(address).content.decode().count(door) == 1
        # Those who run the forum sign up others, on the meeting's own page.
        assert door not in coordinator_client.get(address).content.decode()
    with clock.at(meeting.starts_at + timedelta(hours=1)):
        for address in ("/", "/moteplasser/"):
            told = client.get(address).content.decode()
            assert "Folk til båt" in told and door not in told
    signs_up(client, meeting)
    for address in ("/", "/moteplasser/"):
        assert door not in client.get(address).content.decode() and door in Client().get(address).content.decode()
    client.post(f"/moteplasser/pamelding/{SignUp.objects.get().public_id}/meld-av")
    assert door in client.get("/").content.decode()


def test_who_is_signed_in_need_not_write_who_it_is(client: Client, forum: object) -> None:
    meeting = a_coming_meeting()
    client.force_login(add_person(name="Ola Vik", email="ola@skole.example"))
    html = page(client, meeting, "/meld-deg-pa")
    assert 'value="Ola Vik"' in html and 'value="ola@skole.example"' in html


def test_the_house_signs_up_somebody_else(coordinator_client: Client, person: Person) -> None:
    meeting = a_coming_meeting()
    assert f'value="{person.name}"' not in page(coordinator_client, meeting, "/meld-deg-pa")
    done = signs_up(coordinator_client, meeting)
    assert done["Location"] == f"/moteplasser/{meeting.public_id}/pameldte"
    # It is not theirs who typed it: their copy has it not, and it stays when they leave.
    assert personal_copy(ref(person))["signed_up"] == []


@pytest.mark.alike
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Skriv navnet ditt"),
        ({"heads": "0"}, "Skriv hvor mange"),
        ({"heads": "21"}, "Høyst 20 i én påmelding."),
        ({"email": "kari@"}, "E-postadressen er ikke fullstendig"),
    ],
)
def test_a_form_that_is_wrong_says_why_and_keeps_what_was_typed(
    client: Client, forum: object, wrong: dict[str, str], words: str
) -> None:
    response = signs_up(client, a_coming_meeting(), **wrong)
    assert (response.status_code, SignUp.objects.count()) == (422, 0)
    html = response.content.decode()
    assert words in html and 'value="Borgskilt AS"' in html and 'value="k1"' in html


def test_a_robot_is_thanked_and_not_counted(client: Client, forum: object) -> None:
    meeting = a_coming_meeting()
    assert signs_up(client, meeting, website="http://spam.example").status_code == 302
    assert not SignUp.objects.exists() and "har meldt seg på" not in page(client, meeting)


@pytest.mark.slow
def test_many_from_one_place_are_asked_to_wait_and_lose_nothing(
    client: Client, forum: object, limits: None, noon: object
) -> None:
    meeting = a_coming_meeting()
    for number in range(40):
        assert signs_up(client, meeting, sending_key=f"k{number}").status_code == 302
    refused = signs_up(client, meeting, sending_key="one more")
    assert refused.status_code == 422 and 'value="Borgskilt AS"' in refused.content.decode()
    # What is sent again was let in before.
    assert signs_up(client, meeting, sending_key="k7").status_code == 302
    assert SignUp.objects.count() == 40


@pytest.mark.slow
def test_when_it_is_full_the_door_says_so_and_nobody_more_gets_in(client: Client, forum: object) -> None:
    meeting = a_coming_meeting(places=3)
    signs_up(client, meeting)
    assert "Det er plass til én til." in page(Client(), meeting)
    too_many = signs_up(Client(), meeting, sending_key="k2")
    assert too_many.status_code == 422 and "Det er bare plass til én til." in too_many.content.decode()
    assert signs_up(Client(), meeting, sending_key="k3", heads="1").status_code == 302
    full = page(Client(), meeting)
    assert "Alle plassene er tatt, og det er ingen venteliste." in full and "meld-deg-pa" not in full
    refused = signs_up(Client(), meeting, sending_key="k4", heads="1")
    assert refused.status_code == 422 and "Det er fullt" in refused.content.decode()
    # Sent again, the form that took a place has it still.
    assert signs_up(client, meeting).status_code == 302
    assert sum(SignUp.objects.values_list("heads", flat=True)) == 3


def test_whoever_has_a_place_keeps_it_when_there_are_fewer(forum: object) -> None:
    meeting = a_coming_meeting(places=5)
    mine = sign_up(meeting, said=SignUpSaid(name="Kari", heads=5), by=NOBODY)
    Meeting.objects.filter(pk=meeting.pk).update(places=3)
    change_sign_up(mine, said=SignUpSaid(name="Kari", heads=4), by=NOBODY)
    with pytest.raises(NoRoom):
        change_sign_up(mine, said=SignUpSaid(name="Kari", heads=6), by=NOBODY)
    assert SignUp.objects.get().heads == 4


@pytest.mark.parametrize("which", ["cancelled", "over"])
def test_one_that_is_cancelled_or_over_takes_nobody_and_says_so(
    client: Client, coordinator_client: Client, forum: object, which: str
) -> None:
    meeting = a_coming_meeting(days=3 if which == "cancelled" else -1)
    if which == "cancelled":
        coordinator_client.post(f"/moteplasser/{meeting.public_id}/avlys")
    assert "meld-deg-pa" not in page(client, meeting)
    refused = signs_up(client, meeting)
    assert refused.status_code == 422 and "Du kan ikke melde deg på lenger" in refused.content.decode()
    assert not SignUp.objects.exists()


@pytest.mark.slow
def test_by_the_personal_link_one_changes_it_and_signs_off_when_asked_once_more(
    client: Client, forum: object, mailoutbox: list[EmailMessage]
) -> None:
    meeting = a_coming_meeting()
    signs_up(client, meeting, email="kari@skole.example")
    row = SignUp.objects.get()
    link = f"/moteplasser/pamelding/lenke/{sign_up_secret(row.public_id)}"
    own = f"/moteplasser/pamelding/{row.public_id}"
    elsewhere = Client()
    assert elsewhere.get(own).status_code == 403
    assert elsewhere.get("/moteplasser/pamelding/lenke/aaaaa-aaaaa-aaaaa").status_code == 404
    # A mail scanner opens it and nothing happens.
    assert CANARY not in elsewhere.get(link).content.decode() and elsewhere.get(own).status_code == 403
    assert elsewhere.post(link)["Location"] == own
    changed = FORM | {"heads": "5", "email": "kari@skole.example"}
    assert elsewhere.post(f"{own}/endre", changed).status_code == 302
    assert "Fem har meldt seg på." in page(Client(), meeting)
    assert "Melde deg av?" in elsewhere.get(f"{own}/meld-av").content.decode()
    elsewhere.post(f"{own}/meld-av")
    row.refresh_from_db()
    assert (row.name, row.from_where, row.email, row.owed) == ("", "", "", "")
    assert "har meldt seg på" not in page(Client(), meeting) and "Meld deg på" in page(elsewhere, meeting)
    assert elsewhere.post(f"{own}/endre", changed).status_code == 403
    assert "Du er meldt av" in elsewhere.get(link).content.decode()
    work()
    assert mailoutbox == []


@pytest.mark.slow
def test_names_and_addresses_are_for_the_house(client: Client, coordinator_client: Client, forum: object) -> None:
    meeting = a_coming_meeting()
    signs_up(client, meeting, email=f"{CANARY}@skole.example", organisation=f"{CANARY} AS")
    row = SignUp.objects.get()
    participant, member = Client(), add_person(name="Liv")
    give_role(person=member, role=Role.PARTICIPANT)
    participant.force_login(member)
    for other in (Client(), participant):
        assert CANARY not in page(other, meeting) + other.get("/moteplasser/").content.decode()
        for of in ("/pameldte", "/pameldte.csv"):
            refused = other.get(f"/moteplasser/{meeting.public_id}{of}")
            assert refused.status_code == 403 and CANARY not in refused.content.decode()
        for of in ("", "/endre", "/meld-av"):
            assert other.get(f"/moteplasser/pamelding/{row.public_id}{of}").status_code == 403
        assert other.post(f"/moteplasser/pamelding/{row.public_id}/meld-av").status_code == 403
        assert other.post(f"/moteplasser/pamelding/{row.public_id}/var-med").status_code == 403
    shown = page(coordinator_client, meeting, "/pameldte")
    assert f"Kari {CANARY}" in shown and f"{CANARY} AS" in shown and f"{CANARY}@skole.example" in shown
    assert SignUp.objects.get().withdrawn_at is None


def test_the_list_as_a_file_starts_no_formula(client: Client, coordinator_client: Client, forum: object) -> None:
    meeting = a_coming_meeting()
    signs_up(client, meeting, name="=HYPERLINK(1)", email="kari@skole.example")
    withdrawn = sign_up(meeting, said=SignUpSaid(name="Borte"), by=NOBODY)
    coordinator_client.post(f"/moteplasser/pamelding/{withdrawn.public_id}/meld-av")
    lines = page(coordinator_client, meeting, "/pameldte.csv").lstrip("\ufeff").splitlines()
    assert lines == [
        "name,from,sector,heads,email,signed_up_on",
        f"'=HYPERLINK(1),Borgskilt AS,,2,kari@skole.example,{clock.now().date()}",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_no_more_for_many(coordinator_client: Client, number: int) -> None:
    meeting = a_coming_meeting()
    for each in range(number):
        sign_up(meeting, said=SignUpSaid(name=f"Kari {each}", sector="business"), by=NOBODY)
    with CaptureQueriesContext(connection) as asked:
        assert page(coordinator_client, meeting, "/pameldte").count("Kari ") >= number
    assert len(asked) <= 9


def test_a_calendar_gets_the_meeting_with_every_sign_in_its_place(client: Client, forum: object, noon: object) -> None:
    called = Called(
        title="Båt,\u00a0bygg; og\\mer\x07",
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(hours=2),
        place="Sal 1\r\nEND:VEVENT",
        about="Første linje\nAndre linje, " + "ære " * 30,
    )
    meeting = call_meeting(called=called, by=NOBODY)
    response = client.get(f"/moteplasser/{meeting.public_id}.ics")
    body = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert body.endswith("END:VCALENDAR\r\n") and "\n" not in body.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    lines = body.replace("\r\n ", "").split("\r\n")
    assert "SUMMARY:Båt\\,\u00a0bygg\\; og\\\\mer" in lines and "LOCATION:Sal 1\\nEND:VEVENT" in lines
    assert "DTSTART:20261123T103000Z" in lines and "DTEND:20261123T123000Z" in lines
    assert "DESCRIPTION:Første linje\\nAndre linje\\, " + ("ære " * 30).strip() in lines
    assert lines.count("END:VEVENT") == 1 and "STATUS:CONFIRMED" in lines
    assert f"URL:http://testserver/moteplasser/{meeting.public_id}" in lines
    assert f"UID:{meeting.public_id}@testserver" in lines


def test_the_log_tells_that_somebody_signed_up_and_not_who(client: Client, forum: object) -> None:
    signs_up(client, a_coming_meeting())
    [row] = FactRow.objects.filter(name="events.SignUpMade")
    assert CANARY not in str(row.__dict__)


def test_the_house_signs_somebody_off(client: Client, coordinator_client: Client, forum: object) -> None:
    meeting = a_coming_meeting()
    signs_up(client, meeting)
    row = SignUp.objects.get()
    done = coordinator_client.post(f"/moteplasser/pamelding/{row.public_id}/meld-av", follow=True)
    assert f"Kari {CANARY} er meldt av." in done.content.decode()
    assert "Se påmeldingen din" not in page(client, meeting)


def test_a_device_that_holds_another_sign_up_opens_only_its_own(
    holder_client: Callable[..., Client], forum: object
) -> None:
    meeting = a_coming_meeting()
    mine, other = (sign_up(meeting, said=SignUpSaid(name=name), by=NOBODY) for name in ("Kari", "Liv"))
    device = holder_client(ref(mine), Ref("voice", other.public_id))
    statuses = [device.get(f"/moteplasser/pamelding/{one.public_id}").status_code for one in (mine, other)]
    assert statuses == [200, 403]
