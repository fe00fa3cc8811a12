"""Somebody is asked to a room by letter: once, with one link, and the address is forgotten."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Notices, Person
from kompetanseforum.codesign.actions import invite_to_room, open_room, send_owed_letters
from kompetanseforum.codesign.models import Invitation, Room
from kompetanseforum.codesign.queries.rooms import room_secret
from kompetanseforum.organisations.actions import add_organisation

pytestmark = pytest.mark.django_db
ADDRESS = "tillitsvalgt@verft.example"


@pytest.fixture
def a_room(forum, coordinator, noon) -> Room:
    school = add_organisation(name="Glomma fagskole", sector="education")
    return open_room(title="Sveising på kveld", educator=school, offer=None, brief=None, by=coordinator)


def test_one_letter_with_one_link_that_lets_them_in_without_an_account(a_room, coordinator_client, settings):
    settings.ADDRESS = "https://forum.example"
    page = f"/nytt-tilbud/{a_room.public_id}/inviter"
    for _twice in range(2):
        answer = coordinator_client.post(page, {"email": ADDRESS, "language": "nn"})
        assert answer.status_code == 302
    assert send_owed_letters()
    assert not send_owed_letters()
    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert "tenkje nytt om" in letter.subject
    link = f"https://forum.example/nytt-tilbud/bli-med/{room_secret(a_room)}"
    assert letter.body.count("https://") == letter.body.count(link) == 1
    assert Client().get(link.removeprefix("https://forum.example")).status_code == 200


def test_the_address_is_gone_when_the_letter_is_sent_and_they_are_not_asked_again(a_room, coordinator):
    asked = {"room": a_room, "language": "nb", "by_name": "Kari", "by": coordinator.person}
    assert invite_to_room(email=ADDRESS, **asked)
    send_owed_letters()
    row = Invitation.objects.get()
    assert (row.email, ADDRESS in str(row.__dict__), row.told_at is None) == ("", False, False)
    assert not invite_to_room(email=ADDRESS.upper(), **asked)
    assert not send_owed_letters()


def test_a_letter_that_the_server_does_not_take_is_sent_next_time(a_room, coordinator, monkeypatch):
    invite_to_room(room=a_room, email=ADDRESS, language="nb", by_name="", by=coordinator.person)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", _no_server)
        assert not send_owed_letters()
    assert send_owed_letters()
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def _no_server(*_given: object) -> int:
    raise ConnectionRefusedError


def test_who_wants_no_letters_gets_none(a_room, coordinator):
    liv = add_person(name="Liv", email=ADDRESS)
    Person.objects.filter(pk=liv.pk).update(notices=Notices.NEVER)
    invite_to_room(room=a_room, email=ADDRESS, language="nb", by_name="", by=coordinator.person)
    send_owed_letters()
    assert mail.outbox == []
    assert not Invitation.objects.exclude(email="").exists()


def test_only_those_who_are_in_and_coordinators_invite(a_room):
    answer = Client().post(f"/nytt-tilbud/{a_room.public_id}/inviter", {"email": ADDRESS, "language": "nb"})
    assert answer.status_code in (302, 403)
    assert not Invitation.objects.exists()
