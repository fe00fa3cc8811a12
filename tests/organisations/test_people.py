"""Who speaks for an organisation, what it says of itself, and who of the house has talked with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import Viewer, may
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, answer_need, voice_need
from kompetanseforum.needs.models import State
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    confirm_representation,
    end_representation,
    note_contact,
    present_organisation,
)
from kompetanseforum.organisations.capability import CAPABILITY
from kompetanseforum.organisations.models import Contact, Organisation, Representation

pytestmark = pytest.mark.django_db
# What no outsider may ever come across.
CANARY = "kanarifugl i verkstedet"

SignIn = Callable[..., tuple[Person, Client]]


@pytest.fixture
def firm(forum: Forum) -> Organisation:
    place = Municipality.objects.get(code="3107")
    known = {"kind": "workshop", "sector": "business", "size": "5-19", "municipality": place}
    return add_organisation(name="Elvekanten Mekaniske AS", **known)


def _speaks_for(person: Person, organisation: Organisation, *, by: Person | None = None, **fields) -> Representation:
    asked = ask_to_represent(person=person, organisation=organisation, **fields)
    confirm_representation(asked, by=by or person)
    asked.refresh_from_db()
    return asked


def _found(organisation: Organisation, **fields) -> None:
    present_organisation(organisation, said=Presented(wants_to_be_found=True, **fields), by=None)


def _page(client: Client, organisation: Organisation) -> tuple[int, str]:
    response = client.get(f"/virksomheter/{organisation.public_id}")
    return response.status_code, response.content.decode()


# The page


def test_a_page_is_for_its_own_and_the_house_until_it_wants_to_be_found(
    firm: Organisation, member: SignIn, coordinator_client: Client, client: Client
):
    own, own_client = member()
    _speaks_for(own, firm)
    _, other_client = member("Liv Berg")
    assert [_page(one, firm)[0] for one in (client, other_client, own_client, coordinator_client)] == [
        403,
        403,
        200,
        200,
    ]
    _found(firm, knows="Vi kan sveise aluminium")
    status, page = _page(client, firm)
    assert (status, "Vi kan sveise aluminium" in page, "Elvekanten Mekaniske AS" in page) == (200, True, True)


def test_only_those_who_want_to_be_found_stand_on_it(firm: Organisation, member: SignIn, client: Client):
    _found(firm, departments=["Verksted", "Tegnekontor"])
    shown, hidden, waiting = (member(name)[0] for name in ("Ola Nes", "Liv Berg", "Per Ås"))
    department = firm.departments.get(name="Tegnekontor")
    _speaks_for(shown, firm, department=department, wants_to_be_shown=True)
    _speaks_for(hidden, firm)
    ask_to_represent(person=waiting, organisation=firm, wants_to_be_shown=True)
    page = _page(client, firm)[1]
    assert ("Ola Nes" in page, "Liv Berg" in page, "Per Ås" in page) == (True, False, False)
    assert "Tegnekontor" in page


def test_one_who_speaks_for_it_is_not_asked_to_say_so_again(firm: Organisation, member: SignIn):
    _found(firm)
    own, own_client = member()
    _speaks_for(own, firm)
    assert "jeg-er-her" not in _page(own_client, firm)[1] and "jeg-er-her" in _page(member("Liv Berg")[1], firm)[1]


def test_a_sole_proprietors_name_is_shown_only_after_a_yes(
    firm: Organisation, client: Client, coordinator_client: Client
):
    firm.is_sole_proprietor, firm.name = True, "Ola Hansen"
    firm.save()
    _found(firm)
    for one in (client, coordinator_client):
        assert "Ola Hansen" not in _page(one, firm)[1]
    assert "Ola Hansen" not in coordinator_client.get("/virksomheter/alle").content.decode()
    _found(firm, shares_name=True)
    assert "Ola Hansen" in _page(client, firm)[1]


def test_a_consent_keeps_its_moment_and_is_gone_when_taken_back(firm: Organisation, noon: datetime):
    _found(firm)
    with clock.at(noon + timedelta(days=9)):
        _found(firm, knows="Mer")
    assert firm.found_since == noon
    present_organisation(firm, said=Presented(), by=None)
    assert firm.found_since is None


def test_a_department_that_keeps_its_name_keeps_its_people(firm: Organisation, member: SignIn):
    _found(firm, departments=["Verksted", "Lager"])
    asked = _speaks_for(member()[0], firm, department=firm.departments.get(name="Verksted"))
    _found(firm, departments=["Kontor", "Verksted"])
    asked.refresh_from_db()
    assert asked.department and asked.department.name == "Verksted"
    assert [one.name for one in firm.departments.all()] == ["Kontor", "Verksted"]


# Who speaks


def test_asking_opens_nothing_before_somebody_who_knows_has_confirmed(
    firm: Organisation, member: SignIn, coordinator_client: Client
):
    _person, client = member()
    assert client.post("/virksomheter/mine", {"organisation": firm.name}).headers["Location"] == (
        f"/virksomheter/{firm.public_id}/jeg-er-her"
    )
    client.post(f"/virksomheter/{firm.public_id}/jeg-er-her", {"wants_to_be_shown": "on"})
    client.post(f"/virksomheter/{firm.public_id}/jeg-er-her", {"wants_to_be_shown": "on"})
    asked = Representation.objects.get()
    assert client.post(f"/virksomheter/{firm.public_id}/endre", {"knows": "Vårt nå"}).status_code == 403
    assert client.post(f"/virksomheter/talsperson/{asked.public_id}/bekreft").status_code == 403
    assert "Ola Nes" in coordinator_client.get("/virksomheter/alle").content.decode()
    coordinator_client.post(f"/virksomheter/talsperson/{asked.public_id}/bekreft")
    assert client.post(f"/virksomheter/{firm.public_id}/endre", {"knows": "Vårt nå"}).status_code == 302
    firm.refresh_from_db()
    assert firm.knows == "Vårt nå"


def test_one_who_speaks_confirms_the_next_but_nobody_elses(firm: Organisation, member: SignIn):
    (first, first_client), (second, second_client) = member("Ola Nes"), member("Liv Berg")
    other = add_organisation(name="Snekker'n")
    _speaks_for(first, firm)
    _speaks_for(second, other)
    asked = ask_to_represent(person=member("Per Ås")[0], organisation=firm)
    assert second_client.post(f"/virksomheter/talsperson/{asked.public_id}/bekreft").status_code == 403
    assert first_client.post(f"/virksomheter/talsperson/{asked.public_id}/bekreft").status_code == 302
    asked.refresh_from_db()
    assert asked.confirmed_by == first


def test_a_spokesperson_says_who_there_has_said_yes(firm: Organisation, member: SignIn):
    _, client = member()
    address = f"/virksomheter/{firm.public_id}/jeg-er-her"
    assert client.post(address, {"is_spokesperson": "on"}).status_code == 422
    client.post(address, {"is_spokesperson": "on", "consent_from": "Daglig leder"})
    assert Representation.objects.values_list("is_spokesperson", "consent_from").get() == (True, "Daglig leder")


def test_the_same_confirmation_or_end_twice_is_one(firm: Organisation, member: SignIn, person: Person):
    asked = ask_to_represent(person=member()[0], organisation=firm)
    for _ in range(2):
        confirm_representation(asked, by=person)
    for _ in range(2):
        end_representation(asked, by=ref(person))
    names = FactRow.objects.filter(about_id=firm.public_id).values_list("name", flat=True)
    assert sorted(names) == [
        "organisations.RepresentationAsked",
        "organisations.RepresentationConfirmed",
        "organisations.RepresentationEnded",
    ]
    assert ask_to_represent(person=asked.person, organisation=firm).pk != asked.pk


def test_one_who_has_ended_speaks_no_more(firm: Organisation, member: SignIn):
    own, client = member()
    asked = _speaks_for(own, firm, wants_to_be_shown=True)
    _found(firm)
    client.post(f"/virksomheter/talsperson/{asked.public_id}/avslutt")
    assert client.get(f"/virksomheter/{firm.public_id}/endre").status_code == 403
    assert "Ola Nes" not in _page(Client(), firm)[1]


# Who here knows this firm


def _host(person: Person, name: str = "Fylkeshuset", **fields) -> None:
    host = add_organisation(name=name, sector="public")
    present_organisation(host, said=Presented(runs_forum=True, departments=["Næring"], **fields), by=None)
    _speaks_for(person, host, department=host.departments.get())


def _talked(firm: Organisation, by: Person, *, on: date | None = None, about: str = CANARY) -> Contact:
    return note_contact(organisation=firm, by=by, way="call", on=on or clock.today(), about=about)


def test_the_house_sees_who_talked_with_whom_when_and_about_what(
    firm: Organisation, member: SignIn, person: Person, noon: datetime
):
    hanne, hanne_client = member("Hanne Lilleby")
    _host(hanne)
    _talked(firm, person, on=date(2026, 11, 2), about="Ny hall til våren")
    response = hanne_client.post(
        f"/virksomheter/{firm.public_id}/samtale", {"about": "Vil ha lærling", "way": "visit", "on": "2026-11-20"}
    )
    assert response.status_code == 302
    page = _page(hanne_client, firm)[1]
    assert "Hanne Lilleby har snakket med dem én gang, 20. november." in page
    assert page.index("Vil ha lærling") < page.index("Ny hall til våren")
    assert "Hanne Lilleby, Næring" in page
    assert FactRow.objects.filter(name="organisations.ContactNoted").values_list("actor", flat=True)[1] == str(
        ref(hanne)
    )


def test_the_same_note_twice_is_one_talk(firm: Organisation, person: Person, noon: datetime):
    assert _talked(firm, person) == _talked(firm, person)
    assert FactRow.objects.filter(name="organisations.ContactNoted").count() == 1


@pytest.mark.alike
@pytest.mark.parametrize("wrong", [{"on": "2026-12-24"}, {"about": ""}, {"about": "x" * 201}, {"way": "dream"}])
def test_a_talk_that_makes_no_sense_is_not_noted(
    firm: Organisation, coordinator_client: Client, noon: datetime, wrong: dict
):
    given = {"about": "Vil ha lærling", "way": "visit", "on": "2026-11-20"} | wrong
    assert coordinator_client.post(f"/virksomheter/{firm.public_id}/samtale", given).status_code == 422
    assert not Contact.objects.exists()


@pytest.mark.slow
def test_no_guest_and_no_firm_ever_sees_what_the_house_knows(
    firm: Organisation, member: SignIn, person: Person, client: Client, coordinator_client: Client
):
    """The canary: in the log, in the facts and in an answer; looked for on every page of everybody outside the house."""
    _found(firm)
    own, own_client = member("Ola Nes")
    other, other_client = member("Liv Berg")
    _speaks_for(own, firm)
    _speaks_for(other, add_organisation(name="Snekker'n"))
    said = Said(words="Vi trenger en som kan sveise", name_is_public=True, words_are_public=True)
    need = voice_need(said=said, by=None, organisation=firm).need
    answer_need(
        need=need, by=person, words="Vi ser på det", state=State.IN_DIALOGUE, next_answer_on=clock.today(), owner=person
    )
    _talked(firm, person)
    addresses = [
        f"/virksomheter/{firm.public_id}",
        f"/virksomheter/{firm.public_id}/samtale",
        f"/virksomheter/{firm.public_id}/jeg-er-her",
        f"/virksomheter/{firm.public_id}/endre",
        "/virksomheter/alle",
        "/virksomheter/alle?q=elve",
        "/virksomheter/mine",
        "/virksomheter/forslag?organisation=Elvekanten",
        f"/behov/{need.public_id}",
        "/behov/alle.json",
        "/behov/",
        "/",
    ]
    assert CANARY in _page(coordinator_client, firm)[1]
    assert "Kari Lunde svarte" in _page(coordinator_client, firm)[1]
    for who in (client, own_client, other_client):
        for address in addresses:
            page = who.get(address).content.decode()
            assert CANARY not in page, address
            assert "Hvem her kjenner" not in page, address
            if not address.startswith("/behov"):
                assert "Kari Lunde svarte" not in page, address


@pytest.mark.parametrize(
    ("viewer", "sees"),
    [
        (Viewer(), False),
        (Viewer(holds=frozenset({Ref("voice", "7h3k2m9qxa")})), False),
        (Viewer(person=Ref("person", "7h3k2m9qxa")), False),
        (Viewer(person=Ref("person", "7h3k2m9qxa"), roles=frozenset({"participant", "guest"})), False),
        (Viewer(person=Ref("person", "7h3k2m9qxa"), roles=frozenset({"facilitator"})), True),
        (Viewer(person=Ref("person", "7h3k2m9qxa"), roles=frozenset({"house"})), True),
        (Viewer(person=Ref("person", "7h3k2m9qxa"), roles=frozenset({"coordinator"})), True),
    ],
)
def test_who_is_of_the_house(firm: Organisation, viewer: Viewer, sees: bool):
    assert may(viewer, "organisations.see_contacts", firm) is sees
    assert may(viewer, "organisations.note_contact", firm) is sees


def test_speaking_for_a_host_ends_with_the_representation(firm: Organisation, member: SignIn, person: Person):
    hanne, client = member("Hanne Lilleby")
    _host(hanne)
    _talked(firm, person)
    assert CANARY in _page(client, firm)[1]
    end_representation(Representation.objects.get(person=hanne), by=None)
    assert _page(client, firm)[0] == 403


def test_only_a_coordinator_says_who_runs_the_forum(firm: Organisation, member: SignIn):
    own, client = member()
    _speaks_for(own, firm)
    client.post(f"/virksomheter/{firm.public_id}/endre", {"runs_forum": "on", "knows": "Vi"})
    firm.refresh_from_db()
    assert (firm.runs_forum, firm.knows) == (False, "Vi")


# What stands there from above


def test_what_it_has_asked_for_stands_there_as_far_as_it_has_said(
    firm: Organisation, client: Client, coordinator_client: Client
):
    _found(firm)
    for words, is_public in (("Vi trenger en sveiser", True), ("Vi trenger en rørlegger", False)):
        voice_need(said=Said(words=words, name_is_public=is_public, words_are_public=True), by=None, organisation=firm)
    for_all, for_the_house = _page(client, firm)[1], _page(coordinator_client, firm)[1]
    assert ("en sveiser" in for_all, "en rørlegger" in for_all) == (True, False)
    assert ("en sveiser" in for_the_house, "en rørlegger" in for_the_house) == (True, True)


@pytest.mark.slow
def test_a_page_asks_the_database_as_often_with_many_as_with_few(
    firm: Organisation, person: Person, coordinator_client: Client, django_assert_max_num_queries
):
    def fill(many: int) -> None:
        for number in range(many):
            _talked(firm, person, about=f"Samtale {number}")
            name = f"Tal {many}{number}"
            _speaks_for(add_person(name=name), firm, wants_to_be_shown=True)
            said = Said(words=f"Vi trenger {many}{number} som kan sveise", name_is_public=True)
            need = voice_need(said=said, by=None, organisation=firm).need
            answer_need(
                need=need, by=person, words="Ja", state=State.IN_DIALOGUE, next_answer_on=clock.today(), owner=person
            )

    _found(firm)
    fill(1)
    with django_assert_max_num_queries(30) as few:
        _page(coordinator_client, firm)
    fill(3)
    with django_assert_max_num_queries(len(few.captured_queries)):
        _page(coordinator_client, firm)


# The person's own


def test_one_who_is_erased_speaks_for_nobody_and_what_the_house_knows_stands(
    firm: Organisation, member: SignIn, coordinator_client: Client
):
    own, _ = member("Hanne Lilleby")
    _speaks_for(own, firm, wants_to_be_shown=True)
    _talked(firm, own, about="Ny hall til våren")
    copy = CAPABILITY.personal_copy(ref(own))
    assert [one["organisation"] for one in copy["speaks_for"]] == [firm.name]
    assert [one["about"] for one in copy["talks_noted"]] == ["Ny hall til våren"]
    CAPABILITY.erase(Erasure(person=ref(own), holds=frozenset(), email=own.email, withdraws_voices=False))
    page = _page(coordinator_client, firm)[1]
    assert ("Hanne" in page, "Ny hall til våren" in page) == (False, True)
    assert CAPABILITY.personal_copy(ref(own)) == {
        "takes_part_in_periods": [],
        "speaks_for": [],
        "talks_noted": [],
    }


def test_my_page_says_for_whom_i_speak(firm: Organisation, member: SignIn):
    own, client = member()
    _speaks_for(own, firm)
    ask_to_represent(person=own, organisation=add_organisation(name="Snekker'n"))
    page = client.get("/min-side").content.decode()
    assert f'href="/virksomheter/{firm.public_id}"' in page
    assert "Venter på at noen bekrefter det" in page


def test_the_house_sees_in_the_list_who_talked_last(
    firm: Organisation, person: Person, coordinator_client: Client, noon: datetime
):
    add_organisation(name="Aller Først AS")
    for on, about in ((date(2026, 10, 1), "Først"), (date(2026, 11, 2), "Sist")):
        _talked(firm, person, on=on, about=about)
    page = " ".join(coordinator_client.get("/virksomheter/alle").content.decode().replace("</p>", "").split())
    assert "Kari Lunde snakket med dem 2. november: Sist" in page
    assert page.index("Elvekanten") < page.index("Aller Først")
