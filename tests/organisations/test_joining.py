"""Two organisations that are one: all of both stands with the kept one, what both had counts once, and it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Forum, Role
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations.actions import (
    CannotJoin,
    Presented,
    add_organisation,
    ask_to_represent,
    confirm_representation,
    find_or_add_organisation,
    join_organisations,
    note_contact,
    part_organisations,
    present_organisation,
)
from kompetanseforum.organisations.models import Contact, Department, Joining, Organisation, Representation
from kompetanseforum.organisations.queries import organisation_by_id

pytestmark = pytest.mark.django_db
Captured = Callable[..., Any]


@pytest.fixture
def two(forum: Forum, person: Person) -> tuple[Organisation, Organisation]:
    """«Verftet AS», with a number; and «Verftet», with a department, a voice, a talk, somebody who speaks for it."""
    kept = add_organisation(name="Verftet AS", organisation_number="912345678")
    joined = add_organisation(name="Verftet", sector="business", size="20-99")
    present_organisation(joined, said=Presented(knows="Sveising", departments=["Kaia"]), by=None)
    voice_need(said=Said(words="Vi mangler sveisere"), by=None, organisation=joined)
    note_contact(organisation=joined, by=person, way="call", on=clock.today(), about="Lærlinger")
    return kept, joined


def _standing(one: Organisation) -> dict[str, int]:
    tables = {"voices": Voice, "departments": Department, "contacts": Contact, "representations": Representation}
    return {name: table.objects.filter(organisation=one).count() for name, table in tables.items()}


def _all_of(*these: Organisation) -> list[dict[str, object]]:
    return list(Organisation.objects.filter(pk__in=[one.pk for one in these]).order_by("pk").values())


ONE_OF_EACH = {"voices": 1, "departments": 1, "contacts": 1, "representations": 0}


def test_all_of_both_stands_with_the_kept_one_and_fills_what_it_had_not_said(
    two: tuple[Organisation, Organisation], person: Person
):
    kept, joined = two
    join_organisations(kept=kept, joined=joined, by=person)
    kept.refresh_from_db()
    assert (_standing(kept), set(_standing(joined).values())) == (ONE_OF_EACH, {0})
    assert (kept.name, kept.sector, kept.size, kept.knows, kept.organisation_number) == (
        "Verftet AS", "business", "20-99", "Sveising", "912345678",
    )  # fmt: skip


def test_undone_all_is_as_it_was_and_what_came_since_stays(two: tuple[Organisation, Organisation], person: Person):
    kept, joined = two
    before = _all_of(kept, joined)
    made = join_organisations(kept=kept, joined=joined, by=person)
    voice_need(said=Said(words="Vi mangler platearbeidere"), by=None, organisation=organisation_by_id(kept.public_id))
    part_organisations(joining=made, by=person)
    assert _all_of(kept, joined) == before
    assert (_standing(joined), _standing(kept)["voices"]) == (ONE_OF_EACH, 1)
    with pytest.raises(CannotJoin):
        part_organisations(joining=made, by=person)


def test_what_somebody_has_said_since_is_not_undone(two: tuple[Organisation, Organisation], person: Person):
    kept, joined = two
    made = join_organisations(kept=kept, joined=joined, by=person)
    Organisation.objects.filter(pk=kept.pk).update(knows="Sveising og mer")
    part_organisations(joining=made, by=person)
    assert (_all_of(kept)[0]["knows"], _all_of(kept)[0]["sector"]) == ("Sveising og mer", "")


@pytest.mark.slow
def test_the_old_address_and_the_old_name_lead_to_the_kept_one(
    two: tuple[Organisation, Organisation], person: Person, coordinator_client: Client
):
    kept, joined = two
    join_organisations(kept=kept, joined=joined, by=person)
    assert "Verftet AS" in coordinator_client.get(f"/virksomheter/{joined.public_id}").content.decode()
    assert find_or_add_organisation(name="verftet").pk == kept.pk
    assert Organisation.objects.count() == 2
    listed = coordinator_client.get("/virksomheter/alle").content.decode()
    assert (listed.count(kept.public_id) > 0, joined.public_id in listed) == (True, False)


def test_both_behind_one_need_count_once_and_twice_again(
    two: tuple[Organisation, Organisation], person: Person, django_capture_on_commit_callbacks: Captured
):
    kept, joined = two
    need = Voice.objects.get(organisation=joined).need
    join_need(need=need, said=Said(words="Vi også"), by=None, organisation=kept)
    with django_capture_on_commit_callbacks(execute=True):
        made = join_organisations(kept=kept, joined=joined, by=person)
    assert Voice.objects.filter(need=need, withdrawn_at=None, repeats=None).count() == 1
    assert Voice.objects.filter(need=need).count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        part_organisations(joining=made, by=person)
    assert Voice.objects.filter(need=need, withdrawn_at=None, repeats=None).count() == 2


def test_one_who_speaks_for_both_speaks_once_for_the_kept_one(two: tuple[Organisation, Organisation], person: Person):
    kept, joined = two
    ola = add_person(name="Ola Vik")
    for one in two:
        asked = ask_to_represent(organisation=one, person=ola)
        confirm_representation(asked, by=person)
    made = join_organisations(kept=kept, joined=joined, by=person)
    assert Representation.objects.filter(person=ola, organisation=kept, ended_at=None).count() == 1
    part_organisations(joining=made, by=person)
    assert set(Representation.objects.values_list("organisation", flat=True)) == {kept.pk, joined.pk}


def test_two_with_a_number_each_and_one_with_itself_stay_what_they_are(
    two: tuple[Organisation, Organisation], person: Person
):
    kept, _ = two
    other = add_organisation(name="Verftet Sør", organisation_number="987654321")
    for pair in ((kept, other), (kept, kept)):
        with pytest.raises(CannotJoin):
            join_organisations(kept=pair[0], joined=pair[1], by=person)
    assert not Joining.objects.exists()


@pytest.mark.slow
def test_a_coordinator_joins_and_undoes_on_pages_and_a_form_sent_twice_joins_once(
    two: tuple[Organisation, Organisation], coordinator_client: Client
):
    kept, joined = two
    page = coordinator_client.get(f"/virksomheter/{joined.public_id}/samme-som").content.decode()
    action = f"/virksomheter/{joined.public_id}/samme-som/{kept.public_id}"
    assert (f'action="{action}"' in page, "Det er denne" in page) == (True, True)
    coordinator_client.post(action)
    coordinator_client.post(action)
    [made] = Joining.objects.all()
    assert "Verftet" in coordinator_client.get(f"/virksomheter/{kept.public_id}/samme-som").content.decode()
    coordinator_client.post(f"/virksomheter/sammen/{made.public_id}/skill")
    assert _standing(joined) == ONE_OF_EACH


def test_a_facilitator_joins_nothing(two: tuple[Organisation, Organisation]):
    eva = add_person(name="Eva Dal")
    give_role(person=eva, role=Role.FACILITATOR)
    client = Client()
    client.force_login(eva)
    kept, joined = two
    assert client.post(f"/virksomheter/{joined.public_id}/samme-som/{kept.public_id}").status_code == 403
    assert "samme-som" not in client.get(f"/virksomheter/{joined.public_id}").content.decode()
