"""Signing in by a code: who gets in, who does not, and what nobody is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.accounts.actions import join
from kompetanseforum.accounts.facts import PersonJoined
from kompetanseforum.accounts.models import Person, SignInCode
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.listeners import welcome_newcomer
from kompetanseforum.forum.models import Forum, Member
from tests.accounts.conftest import code_in, who_is

pytestmark = pytest.mark.django_db
KARI = "kari@forum.example"
Ask, SignedIn = Callable[..., str], Callable[..., HttpResponse]


@pytest.mark.slow
def test_a_known_address_comes_in_with_the_code(person: Person, client: Client, signed_in: SignedIn):
    answer = signed_in(KARI)
    assert (answer.status_code, answer["Location"]) == (302, "/min-side")
    assert who_is(client) == "Kari Lunde"
    assert FactRow.objects.filter(name="accounts.PersonSignedIn", actor=str(ref(person))).count() == 1


@pytest.mark.slow
def test_upper_and_lower_case_are_one_address(person: Person, client: Client, signed_in: SignedIn):
    signed_in("KARI@Forum.Example")
    assert (who_is(client), Person.objects.filter(email__iexact=KARI).count()) == ("Kari Lunde", 1)


@pytest.mark.slow
def test_anybody_joins_without_an_invitation(client: Client, ask: Ask, forum: Forum):
    client.post("/bli-med", {"name": "Ola Vik", "email": "ola@firma.example"})
    code = ask("ola@firma.example")
    client.post("/bli-med", {"name": "Ola Vik", "email": "ola@firma.example"})
    client.post("/logg-inn/kode", {"code": code})
    assert who_is(client) == "Ola Vik"


def test_a_new_address_is_asked_for_a_name_and_takes_part(
    client: Client, signed_in: SignedIn, django_capture_on_commit_callbacks: Any
):
    answer = signed_in("ola@firma.example")
    assert (answer["Location"], Person.objects.filter(email="ola@firma.example").exists()) == ("/logg-inn/navn", False)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/logg-inn/navn", {"name": "Ola Vik"})
    ola = Person.objects.get(email="ola@firma.example")
    assert (who_is(client), list(ola.memberships.values_list("role", flat=True))) == ("Ola Vik", ["participant"])


def test_nobody_gets_to_the_name_without_the_code(client: Client, ask: Ask):
    ask("ola@firma.example")
    assert client.post("/logg-inn/navn", {"name": "Ola Vik"})["Location"] == "/logg-inn"
    assert not Person.objects.filter(name="Ola Vik").exists()


def test_two_who_join_at_once_with_one_address_are_one(forum: Forum):
    assert join(name="Ola", email="ola@firma.example") == join(name="Ola", email="OLA@firma.example")


# Wrong, old, used


def test_a_wrong_code_lets_nobody_in_and_says_what_to_do(person: Person, client: Client, ask: Ask):
    wrong = f"{(int(ask(KARI)) + 1) % 1_000_000:06d}"
    answer = client.post("/logg-inn/kode", {"code": wrong})
    assert (answer.status_code, who_is(client)) == (422, "")
    assert "Koden er feil eller for gammel" in answer.content.decode()


def test_a_code_works_once(person: Person, client: Client, ask: Ask):
    code = ask(KARI)
    client.post("/logg-inn/kode", {"code": code})
    other = Client()
    other.post("/logg-inn", {"email": KARI})
    other.post("/logg-inn/kode", {"code": code})
    assert (who_is(client), who_is(other)) == ("Kari Lunde", "")


def test_a_code_is_too_old_after_ten_minutes(person: Person, client: Client, ask: Ask, noon: datetime):
    code = ask(KARI)
    with clock.at(noon + timedelta(minutes=10)):
        client.post("/logg-inn/kode", {"code": code})
        assert who_is(client) == ""


def test_a_code_bears_five_wrong_tries_from_all_the_world(person: Person, client: Client, ask: Ask):
    code = ask(KARI)
    for number in range(5):
        client.post("/logg-inn/kode", {"code": f"{(int(code) + 1 + number) % 1_000_000:06d}"})
    client.post("/logg-inn/kode", {"code": code})
    assert who_is(client) == ""


def test_a_code_for_one_address_opens_no_other(person: Person, client: Client, ask: Ask):
    own = ask("mallory@elsewhere.example")
    client.post("/logg-inn", {"email": KARI})
    client.post("/logg-inn/kode", {"code": own})
    assert who_is(client) == ""


def test_the_database_does_not_tell_the_code(person: Person, ask: Ask):
    code = ask(KARI)
    kept = [str(row) for row in SignInCode.objects.values_list()] + [
        str(session.get_decoded()) for session in Session.objects.all()
    ]
    assert kept and not any(code in text for text in kept)


def test_one_who_is_put_out_does_not_come_in(person: Person, client: Client, ask: Ask):
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client.post("/logg-inn/kode", {"code": ask(KARI)})
    assert who_is(client) == ""


# Limits


def test_five_failures_in_half_an_hour_are_enough(
    person: Person, client: Client, ask: Ask, limits: None, noon: datetime
):
    code = ask(KARI)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    tried = [client.post("/logg-inn/kode", {"code": wrong}).status_code for _ in range(6)]
    assert tried == [422] * 5 + [429]
    # The right one is not even looked at.
    assert client.post("/logg-inn/kode", {"code": code}).status_code == 429


def test_a_whole_ipv6_network_shares_its_failures(person: Person, ask: Ask, limits: None, noon: datetime):
    ask(KARI)
    tried = []
    for number in range(6):
        client = Client(REMOTE_ADDR=f"2001:db8:1:2::{number}")
        session = client.session
        session["coming_in"] = {"email": KARI, "next": "/min-side", "name": "", "is_proved": False}
        session.save()
        tried.append(client.post("/logg-inn/kode", {"code": "000000"}).status_code)
    assert tried[-1] == 429


def test_an_address_gets_two_letters_an_hour_whoever_asks(
    person: Person, limits: None, noon: datetime, mailoutbox: list[EmailMessage]
):
    for number in range(4):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/logg-inn", {"email": KARI})
    assert len(mailoutbox) == 2
    # The page still takes the code that was sent.
    client = Client(REMOTE_ADDR="192.0.2.9")
    answer = client.post("/logg-inn", {"email": KARI}, follow=True)
    assert "Vi har sendt to e-poster dit den siste timen" in answer.content.decode()
    client.post("/logg-inn/kode", {"code": code_in(mailoutbox[-1])})
    assert who_is(client) == "Kari Lunde"


@pytest.mark.slow
def test_a_network_knocks_a_hundred_times_a_minute_and_reads_as_it_likes(
    client: Client, forum: Forum, limits: None, noon: datetime
):
    knocks = [client.post("/logg-inn", {"email": "no address"}).status_code for _ in range(101)]
    assert (knocks[99], knocks[100]) == (422, 429)
    assert client.get("/logg-inn").status_code == 200


# What nobody is told


def test_known_and_unknown_addresses_are_answered_alike(person: Person, forum: Forum, mailoutbox: list[EmailMessage]):
    answers, queries = [], []
    for email in (KARI, "nobody@firma.example"):
        client = Client()
        client.get("/logg-inn")
        with CaptureQueriesContext(connection) as asked:
            answer = client.post("/logg-inn", {"email": email}, follow=True)
        answers.append(
            (answer.redirect_chain, answer.content.decode().replace(email, "…").split("csrfmiddlewaretoken")[0])
        )
        queries.append([query["sql"].split(" ")[0] for query in asked.captured_queries])
    assert answers[0] == answers[1]
    assert queries[0] == queries[1]
    assert [letter.subject[:5] for letter in mailoutbox] == ["Koden", "Koden"]


# Sessions


def test_a_session_that_was_planted_opens_nothing(person: Person, client: Client, signed_in: SignedIn):
    client.get("/logg-inn")
    client.post("/logg-inn", {"email": KARI})
    planted = client.cookies["forum_session"].value
    signed_in(KARI)
    thief = Client()
    thief.cookies["forum_session"] = planted
    assert (client.cookies["forum_session"].value != planted, who_is(thief)) == (True, "")


@pytest.mark.slow
def test_a_session_ends_after_thirty_days(person: Person, client: Client, signed_in: SignedIn, noon: datetime):
    signed_in(KARI)
    for day in (6, 12, 18, 24, 30):
        with clock.at(noon + timedelta(days=day)):
            assert who_is(client) == "Kari Lunde"
    with clock.at(noon + timedelta(days=30, seconds=1)):
        assert (who_is(client), client.get("/skrivebord").status_code) == ("", 403)


def test_a_session_that_is_not_used_ends_after_a_week(
    person: Person, client: Client, signed_in: SignedIn, noon: datetime
):
    signed_in(KARI)
    with clock.at(noon + timedelta(days=5)):
        assert who_is(client) == "Kari Lunde"
    with clock.at(noon + timedelta(days=12)):
        assert who_is(client) == "Kari Lunde"
    with clock.at(noon + timedelta(days=19, seconds=1)):
        assert (who_is(client), client.get("/skrivebord").status_code) == ("", 403)


def test_signing_out_everywhere_else_leaves_one_in_here(person: Person, client: Client, signed_in: SignedIn):
    other = Client()
    signed_in(KARI)
    signed_in(KARI, by=other)
    client.post("/min-side/andre-enheter")
    assert (who_is(client), who_is(other)) == ("Kari Lunde", "")


@pytest.mark.alike
@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "x"]
)
def test_nobody_is_led_elsewhere_afterwards(wanted: str, person: Person, signed_in: SignedIn):
    assert signed_in(KARI, next=wanted)["Location"] == "/min-side"


def test_one_goes_on_to_where_one_was_going(person: Person, signed_in: SignedIn):
    assert signed_in(KARI, next="/behov/?q=sveis")["Location"] == "/behov/?q=sveis"


@pytest.mark.alike
@pytest.mark.parametrize("path", ["/logg-inn", "/logg-inn/kode", "/bli-med", "/logg-ut", "/min-side/om-meg"])
def test_a_form_from_another_site_is_refused(path: str, person: Person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(path, {"email": KARI, "code": "000000", "name": "X"}).status_code == 403


def test_members_come_from_the_fact_once(forum: Forum, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        ola = join(name="Ola", email="ola@firma.example")
    welcome_newcomer(1, PersonJoined(person=ref(ola)))
    assert Member.objects.filter(person=ola).count() == 1
