"""Each change is told to every voice once, as it has chosen; and one link stops it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.actions import (
    Said,
    answer_need,
    join_need,
    remind_of_answers,
    send_owed_letters,
    stop_letters,
    take_need,
    voice_need,
)
from kompetanseforum.needs.models import Need, Notice, Reminder, Voice
from kompetanseforum.needs.queries.shown import letter_secret, link_secret
from kompetanseforum.organisations.models import Organisation

pytestmark = [pytest.mark.usefixtures("noon"), pytest.mark.django_db(transaction=True)]


def spoken(
    words: str, *, firm: Organisation | None = None, email: str = "kari@batten.example", language: str = "nb"
) -> Voice:
    return voice_need(said=Said(words=words, email=email, language=language), by=None, organisation=firm)


def answered(
    need: Need, by: Person, words: str = "Vi har ringt.", state: str = "answered", *, asks: bool = False
) -> None:
    need.refresh_from_db()
    answer_need(
        need=need, by=by, words=words, state=state, next_answer_on=clock.today() + timedelta(days=14), owner=by,
        asks_if_helped=asks,
    )  # fmt: skip


def sent_all() -> None:
    while send_owed_letters():
        pass


@pytest.mark.slow
def test_one_row_for_each_voice_and_change_with_or_without_an_address(
    boat_builder: Organisation, workshop: Organisation, coordinator: Person, mailoutbox: list[EmailMessage]
):
    voice = spoken("Sveise aluminium", firm=boat_builder)
    silent, _ = join_need(need=voice.need, said=Said(), by=None, organisation=workshop)
    answered(voice.need, coordinator)
    sent_all()
    fact = FactRow.objects.get(name="needs.NeedAnswered")
    rows = Notice.objects.filter(fact_id=fact.pk)
    assert {(row.voice, row.is_letter) for row in rows} == {(voice, True), (silent, False)}
    assert all(row.sent_at for row in rows)
    assert [letter.subject for letter in mailoutbox] == ["Vi har hørt dere", "Svar på det dere trenger"]


@pytest.mark.slow
def test_news_of_a_day_come_in_one_letter_grouped_by_need_with_the_newest_first(
    boat_builder: Organisation, coordinator: Person, mailoutbox: list[EmailMessage], noon: object
):
    one, other = spoken("Sveise aluminium", firm=boat_builder), spoken("Kjøre truck", firm=boat_builder)
    sent_all()
    mailoutbox.clear()
    answered(one.need, coordinator, "Først.")
    sent_all()
    answered(one.need, coordinator, "Siden.")
    answered(other.need, coordinator, "Om truck.")
    sent_all()
    assert len(mailoutbox) == 1
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        sent_all()
        sent_all()
    assert len(mailoutbox) == 2
    body = mailoutbox[1].body
    assert body.index("Om truck.") < body.index("Siden.")
    assert "Først." not in body
    assert body.count(link_secret(one)) == body.count(link_secret(other)) == 1


@pytest.mark.slow
def test_a_letter_is_in_the_language_of_the_voice(
    coordinator: Person, boat_builder: Organisation, mailoutbox: list[EmailMessage]
):
    voice = spoken("Me treng å lære å sveise", firm=boat_builder, language="nn")
    answered(voice.need, coordinator, asks=True)
    sent_all()
    assert "Ja, det hjelpte" in mailoutbox[-1].body


@pytest.mark.slow
def test_taking_a_need_on_is_no_news(boat_builder: Organisation, coordinator: Person):
    voice = spoken("Sveise aluminium", firm=boat_builder)
    before = Notice.objects.count()
    take_need(need=voice.need, owner=coordinator)
    assert Notice.objects.count() == before


@pytest.mark.slow
def test_one_link_stops_the_letters_and_opening_it_does_not(
    boat_builder: Organisation, coordinator: Person, client: Client, mailoutbox: list[EmailMessage]
):
    voice = spoken("Sveise aluminium", firm=boat_builder)
    sent_all()
    [receipt] = mailoutbox
    address = receipt.extra_headers["List-Unsubscribe"].strip("<>")
    assert receipt.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter_secret(voice) in address and address in receipt.body
    path = "/behov/brev/" + address.split("/behov/brev/")[1]
    client.get(path)
    voice.refresh_from_db()
    assert voice.news == "daily"
    # As a mail program posts: no cookie, no token of a form.
    assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    answered(voice.need, coordinator)
    sent_all()
    assert len(mailoutbox) == 1
    # It is told all the same, on its own page.
    assert Notice.objects.filter(voice=voice, is_receipt=False, is_letter=False, sent_at__isnull=False).count() == 1


@pytest.mark.slow
def test_the_small_door_of_a_letter_opens_nothing_else(boat_builder: Organisation, client: Client):
    voice = spoken("Sveise aluminium", firm=boat_builder)
    assert client.get(f"/behov/lenke/{letter_secret(voice)}").status_code == 404
    assert client.get(f"/behov/brev/{link_secret(voice)}/stopp").status_code == 404
    assert client.get(f"/behov/brev/{voice.public_id}-{'0' * 20}/hjalp").status_code == 404


@pytest.mark.slow
def test_a_try_after_a_failure_is_the_same_letter(
    boat_builder: Organisation, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
):
    spoken("Sveise aluminium", firm=boat_builder)
    with monkeypatch.context() as broken:
        tried: list[str] = []

        def fails(self: EmailMessage, fail_silently: bool = False) -> int:
            tried.append(self.extra_headers["Message-ID"])
            raise OSError("no server")

        broken.setattr(EmailMessage, "send", fails)
        assert not send_owed_letters()
    sent_all()
    assert [letter.extra_headers["Message-ID"] for letter in mailoutbox] == tried
    assert Notice.objects.get().attempts == 2


@pytest.mark.slow
def test_a_letter_that_failed_goes_before_newer_news_and_never_with_them_on_one_day(
    boat_builder: Organisation,
    coordinator: Person,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
    noon: datetime,
):
    voice = spoken("Sveise aluminium", firm=boat_builder)
    sent_all()
    mailoutbox.clear()
    answered(voice.need, coordinator, "Først.")
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", lambda self, fail_silently=False: (_ for _ in ()).throw(OSError("none")))
        sent_all()
    with clock.at(noon + timedelta(hours=20)):
        answered(voice.need, coordinator, "Siden.")
        sent_all()
        assert len(mailoutbox) == 1
    with clock.at(noon + timedelta(hours=43)):
        sent_all()
        assert len(mailoutbox) == 1
    with clock.at(noon + timedelta(hours=44)):
        sent_all()
    assert len({letter.extra_headers["Message-ID"] for letter in mailoutbox}) == len(mailoutbox) == 2


@pytest.mark.slow
def test_stopped_at_one_voice_the_address_gets_nothing_for_another(boat_builder: Organisation):
    one, other = spoken("Sveise", firm=boat_builder), spoken("Truck", firm=boat_builder)
    stop_letters(one)
    other.refresh_from_db()
    assert other.news == "never"


# Reminders


@pytest.mark.slow
def test_the_owner_is_reminded_before_and_the_coordinators_after_once_each(
    boat_builder: Organisation, coordinator: Person, mailoutbox: list[EmailMessage]
):
    Person.objects.filter(pk=coordinator.pk).update(email="ingrid@forum.example")
    coordinator.refresh_from_db()
    voice = spoken("Sveise aluminium", firm=boat_builder, email="")
    answered(voice.need, coordinator)
    need = Need.objects.get(pk=voice.need.pk)
    for days, letters in ((0, 0), (11, 0), (12, 1), (13, 1), (14, 1), (15, 2), (16, 2), (40, 2)):
        with clock.at(clock.now() + timedelta(days=days)):
            remind_of_answers()
            remind_of_answers()
        assert len(mailoutbox) == letters, days
    assert [letter.subject for letter in mailoutbox] == ["Et svar må snart gis", "De venter på svar"]
    assert set(need.reminders.values_list("is_late", "person__name")) >= {
        (False, coordinator.name),
        (True, coordinator.name),
    }


@pytest.mark.slow
def test_a_new_promise_is_reminded_of_anew_and_an_answered_one_is_not(boat_builder: Organisation, coordinator: Person):
    voice = spoken("Sveise aluminium", firm=boat_builder, email="")
    with clock.at(clock.now() + timedelta(days=13)):
        remind_of_answers()
        answered(voice.need, coordinator)
        remind_of_answers()
    assert Reminder.objects.filter(is_late=False).count() == 1
    with clock.at(clock.now() + timedelta(days=26)):
        remind_of_answers()
    assert Reminder.objects.filter(is_late=False).count() == 2
