"""Invitations: a letter to one, a QR to a room; each with a role, an end, and a way to take it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import InvitationUsedUp, accept, invite
from kompetanseforum.forum.models import Forum, Invitation, Role
from kompetanseforum.forum.queries import invitation_secret, roles_of
from tests.accounts.conftest import code_in, who_is

pytestmark = pytest.mark.django_db
MakeMember, AsPerson = Callable[..., Person], Callable[[Person], Client]


@pytest.fixture
def room(person: Person) -> Invitation:
    return invite(role=Role.FACILITATOR, by=ref(person), occasion="Verksted om sveising")


def _path(invitation: Invitation) -> str:
    return f"/invitasjon/{invitation_secret(invitation)}"


def _sent(client: Client, mailoutbox: list[EmailMessage], **more: str) -> str:
    client.post("/medlemmer/inviter", {"kind": "letter", "email": "ny@fylket.example", "role": "coordinator", **more})
    found = re.search(r"/invitasjon/\S+", str(mailoutbox[-1].body))
    assert found
    return found[0]


def test_a_letter_in_the_readers_language_brings_in_a_new_coordinator(
    coordinator_client: Client, client: Client, mailoutbox: list[EmailMessage]
):
    path = _sent(coordinator_client, mailoutbox, language="nn")
    assert "Opne lenkja for å vere med" in str(mailoutbox[-1].body)
    client.post(path, {"name": "Liv Ny"})
    liv = Person.objects.get(name="Liv Ny")
    assert (who_is(client), liv.email, roles_of(ref(liv))) == ("Liv Ny", "ny@fylket.example", {"coordinator"})


def test_a_letter_is_used_once(coordinator_client: Client, client: Client, mailoutbox: list[EmailMessage]):
    path = _sent(coordinator_client, mailoutbox, language="nb")
    client.post(path, {"name": "Liv Ny"})
    other = Client()
    assert (other.post(path, {"name": "Per Tyv"}).status_code, other.get(path).status_code) == (404, 404)
    assert not Person.objects.filter(name="Per Tyv").exists()


def test_a_letter_does_not_sign_in_somebody_who_has_an_account(
    coordinator_client: Client, client: Client, mailoutbox: list[EmailMessage], member: MakeMember
):
    """A letter lies ten days in a mailbox; whoever finds it must not become the one it went to."""
    ola = member("Ny Vik")
    Person.objects.filter(pk=ola.pk).update(email="ny@fylket.example")
    path = _sent(coordinator_client, mailoutbox, language="nb")
    client.post(path, {"name": "Anyone"})
    assert (who_is(client), roles_of(ref(ola))) == ("", {"participant"})
    client.force_login(ola)
    client.post(path)
    assert roles_of(ref(ola)) == {"participant", "coordinator"}


def test_everybody_in_the_room_comes_in_by_the_same_qr(room: Invitation, coordinator_client: Client):
    for number in range(3):
        Client().post(_path(room), {"name": f"Gjest {number}"})
    room.refresh_from_db()
    assert (room.used_count, Person.objects.filter(memberships__role="facilitator").count()) == (3, 3)
    page = coordinator_client.get(f"/medlemmer/inviter/{room.public_id}").content.decode()
    assert ("<svg" in page, _path(room) in page, "3 har kommet" in page) == (True, True, True)


def test_one_in_the_room_leaves_an_address_and_comes_back_by_it(
    room: Invitation, client: Client, mailoutbox: list[EmailMessage]
):
    answer = client.post(_path(room), {"name": "Gjest En", "email": "gjest@firma.example"})
    assert (answer["Location"], Person.objects.get(name="Gjest En").email) == ("/min-side/e-post/kode", "")
    client.post("/min-side/e-post/kode", {"code": code_in(mailoutbox[-1])})
    other = Client()
    other.post("/logg-inn", {"email": "gjest@firma.example"})
    other.post("/logg-inn/kode", {"code": code_in(mailoutbox[-1])})
    assert who_is(other) == "Gjest En"


def test_a_member_gets_the_role_and_counts_once(room: Invitation, member: MakeMember, as_person: AsPerson):
    ola = member("Ola Vik")
    for _ in range(2):
        as_person(ola).post(_path(room))
    room.refresh_from_db()
    assert (roles_of(ref(ola)), room.used_count) == ({"participant", "facilitator"}, 1)
    assert FactRow.objects.filter(name="forum.InvitationUsed").count() == 1


def test_looking_at_an_invitation_uses_nothing(room: Invitation, client: Client, person: Person):
    people = Person.objects.count()
    client.get(_path(room))
    client.force_login(person)
    client.get(_path(room))
    room.refresh_from_db()
    assert (room.used_count, Person.objects.count(), roles_of(ref(person))) == (0, people, {"coordinator"})


def test_what_is_taken_back_opens_nothing(room: Invitation, coordinator_client: Client, client: Client):
    coordinator_client.post(f"/medlemmer/inviter/{room.public_id}/ta-tilbake")
    assert client.post(_path(room), {"name": "For sein"}).status_code == 404
    assert "Invitasjonen gjelder ikke lenger" in client.get(_path(room)).content.decode()
    assert not Person.objects.filter(name="For sein").exists()


def test_an_invitation_ends_after_ten_days(room: Invitation, client: Client, member: MakeMember):
    ends = room.expires_at
    with clock.at(ends - timedelta(seconds=1)):
        assert client.get(_path(room)).status_code == 200
    with clock.at(ends):
        assert client.get(_path(room)).status_code == 404
        with pytest.raises(InvitationUsedUp):
            accept(invitation=room, person=member("Ola Vik"))


def test_a_room_makes_nobody_coordinator(person: Person, coordinator_client: Client):
    with pytest.raises(ValueError, match="by letter"):
        invite(role=Role.COORDINATOR, by=ref(person), occasion="Åpent hus")
    answer = coordinator_client.post(
        "/medlemmer/inviter", {"kind": "room", "occasion": "Åpent hus", "room_role": "coordinator"}
    )
    assert (answer.status_code, Invitation.objects.exists()) == (422, False)


def test_the_database_does_not_tell_the_secret(room: Invitation):
    assert invitation_secret(room) not in str(Invitation.objects.values_list())


@pytest.mark.slow
def test_an_address_gets_two_invitations_an_hour(
    coordinator_client: Client, limits: None, noon: datetime, mailoutbox: list[EmailMessage], forum: Forum
):
    sent = {"kind": "letter", "email": "ny@fylket.example", "role": "guest", "language": "nb"}
    statuses = [coordinator_client.post("/medlemmer/inviter", sent).status_code for _ in range(3)]
    assert (statuses, len(mailoutbox), Invitation.objects.count()) == ([302, 302, 422], 2, 2)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PARTICIPANT, Role.GUEST])
def test_others_do_not_invite(role: Role, member: MakeMember, as_person: AsPerson, mailoutbox: list[EmailMessage]):
    sent = {"kind": "letter", "email": "ny@fylket.example", "role": "coordinator", "language": "nb"}
    assert as_person(member("Ola Vik", role)).post("/medlemmer/inviter", sent).status_code == 403
    assert (len(mailoutbox), Invitation.objects.exists()) == (0, False)
