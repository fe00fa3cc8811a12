"""Who is what: given and taken by coordinators, never the last one, always told in the log."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import (
    LastCoordinator,
    StillOnDuty,
    invite,
    put_on_duty,
    set_roles,
    set_up_demo,
    take_role,
)
from kompetanseforum.forum.models import Role
from kompetanseforum.forum.queries import duty_person, roles_of
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.actions import add_organisation

pytestmark = pytest.mark.django_db
MakeMember, AsPerson = Callable[..., Person], Callable[[Person], Client]


def _told(name: str) -> list[tuple[str, dict[str, str]]]:
    return list(FactRow.objects.filter(name=name).order_by("pk").values_list("actor", "content"))


def test_a_coordinator_gives_and_takes_roles(person: Person, coordinator_client: Client, member: MakeMember):
    ola = member("Ola Vik")
    coordinator_client.post(f"/medlemmer/{ola.public_id}", {"roles": ["coordinator", "facilitator"]})
    assert roles_of(ref(ola)) == {"coordinator", "facilitator"}
    taken = {"person": str(ref(ola)), "role": "participant"}
    assert _told("forum.RoleTaken") == [(str(ref(person)), taken)]
    assert [content["role"] for actor, content in _told("forum.RoleGiven") if actor] == ["coordinator", "facilitator"]


@pytest.mark.slow
def test_a_role_opens_the_desk_and_its_end_closes_it(
    person: Person, coordinator_client: Client, member: MakeMember, as_person: AsPerson
):
    ola = member("Ola Vik")
    seen = [as_person(ola).get("/skrivebord").status_code]
    coordinator_client.post(f"/medlemmer/{ola.public_id}", {"roles": ["coordinator"]})
    seen.append(as_person(ola).get("/skrivebord").status_code)
    coordinator_client.post(f"/medlemmer/{ola.public_id}", {"roles": []})
    seen.append(as_person(ola).get("/skrivebord").status_code)
    assert seen == [403, 200, 403]


def test_nobody_makes_themselves_coordinator(member: MakeMember, as_person: AsPerson):
    for role in (Role.FACILITATOR, Role.PARTICIPANT, Role.GUEST):
        one = member(f"{role.value.title()} Vik", role)
        answer = as_person(one).post(f"/medlemmer/{one.public_id}", {"roles": ["coordinator"]})
        assert (answer.status_code, roles_of(ref(one))) == (403, {role.value})


def test_the_last_coordinator_stays(person: Person, coordinator_client: Client):
    with pytest.raises(LastCoordinator):
        take_role(person=person, role=Role.COORDINATOR, by=ref(person))
    answer = coordinator_client.post(f"/medlemmer/{person.public_id}", {"roles": ["guest"]})
    assert (answer.status_code, "Forumet trenger en koordinator" in answer.content.decode()) == (422, True)
    # All or nothing: the other change was not made either.
    assert roles_of(ref(person)) == {"coordinator"}


def test_one_who_cannot_sign_in_does_not_count_as_a_coordinator(person: Person, member: MakeMember):
    gone = member("Ola Vik", Role.COORDINATOR)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(LastCoordinator):
        take_role(person=person, role=Role.COORDINATOR, by=None)


def test_who_is_on_duty_hands_it_over_before_leaving(person: Person, member: MakeMember):
    put_on_duty(person=person, by=ref(person))
    ola = member("Ola Vik", Role.COORDINATOR)
    with pytest.raises(StillOnDuty):
        set_roles(person=person, roles=frozenset(), by=ref(person))
    put_on_duty(person=ola, by=ref(person))
    set_roles(person=person, roles=frozenset({Role.PARTICIPANT}), by=ref(person))
    assert (roles_of(ref(person)), duty_person()) == ({"participant"}, ola)


def test_new_needs_are_owned_by_whoever_is_on_duty(person: Person, coordinator_client: Client, member: MakeMember):
    ola = member("Ola Vik", Role.COORDINATOR)
    coordinator_client.post(f"/medlemmer/{ola.public_id}/vakt")
    voice = voice_need(said=Said(words="Sveisere"), by=None, organisation=add_organisation(name="Verftet"))
    assert voice.need.owner == ola
    assert _told("forum.DutyChanged") == [(str(ref(person)), {"person": str(ref(ola))})]


def test_a_participant_is_not_put_on_duty(coordinator_client: Client, member: MakeMember):
    ola = member("Ola Vik")
    assert coordinator_client.post(f"/medlemmer/{ola.public_id}/vakt").status_code == 404
    assert duty_person() != ola


def test_the_list_shows_names_and_roles_and_no_addresses(coordinator_client: Client, member: MakeMember):
    member("Ola Vik", Role.FACILITATOR)
    page = coordinator_client.get("/medlemmer").content.decode()
    assert ("Ola Vik" in page, "Prosessleder" in page, "ola@firma.example" in page) == (True, True, False)
    assert "Ola Vik" not in coordinator_client.get("/medlemmer?q=kari").content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(coordinator_client: Client, member: MakeMember):
    asked = []
    for number in range(3):
        member(f"Person{number} Vik", Role.FACILITATOR, Role.PARTICIPANT)
        with CaptureQueriesContext(connection) as queries:
            coordinator_client.get("/medlemmer")
        asked.append(len(queries))
    assert asked == [asked[0]] * 3


# Handing over


@pytest.mark.slow
def test_a_coordinator_hands_over_in_a_day(person: Person, coordinator_client: Client, member: MakeMember):
    put_on_duty(person=person, by=None)
    for number in range(2):
        voice_need(
            said=Said(words=f"Sveisere {number}"), by=None, organisation=add_organisation(name=f"Verft {number}")
        )
    before = coordinator_client.get("/overlevering").content.decode()
    assert (before.count("Gjort"), "Du eier 2 åpne behov" in before) == (0, True)
    ola = member("Ola Vik", Role.COORDINATOR)
    coordinator_client.post(f"/medlemmer/{ola.public_id}/vakt")
    coordinator_client.post("/behov/mine/overlever")
    assert set(Need.objects.values_list("owner__name", flat=True)) == {"Ola Vik"}
    after = coordinator_client.get("/overlevering").content.decode()
    assert (after.count("Gjort"), "Du eier 2 åpne behov" in after) == (1, False)
    assert "Også koordinator: Ola Vik" in after and "Ingenting å gi fra seg" in after


def test_a_step_of_handing_over_that_nobody_has_taken_is_not_done(person: Person, coordinator_client: Client):
    set_up_demo()
    put_on_duty(person=person, by=None)
    alone = coordinator_client.get("/overlevering").content.decode()
    assert (alone.count("Gjort"), alone.count("Ikke ennå"), "Invitert" in alone) == (0, 4, False)
    assert "Ingenting å gi fra seg" in alone and "Farid Nordby" not in alone
    invite(role=Role.COORDINATOR, by=ref(person), email="ola@firm.example")
    assert "Invitert" in coordinator_client.get("/overlevering").content.decode()


def test_only_a_coordinator_gives_needs_away(member: MakeMember, as_person: AsPerson, person: Person):
    put_on_duty(person=person, by=None)
    ola = member("Ola Vik", Role.FACILITATOR)
    voice = voice_need(said=Said(words="Sveisere"), by=None, organisation=add_organisation(name="Verft"), owner=ola)
    assert as_person(ola).post("/behov/mine/overlever").status_code == 403
    assert Need.objects.get(pk=voice.need_id).owner == ola
