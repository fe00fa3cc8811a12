"""Who takes part in a period: organisations of the register, people of the forum, and names that are neither's."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kompetanseforum.accounts.actions import add_person, erase_person
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.forum.actions import Period, give_role, start_cycle
from kompetanseforum.forum.models import Cycle, Role
from kompetanseforum.insight.actions import ask_for_report
from kompetanseforum.insight.exports.page import make_report, paper_of, report_to_read, shown
from kompetanseforum.insight.queries.report import Period as Told
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    join_organisations,
    present_organisation,
    take_into_cycle,
)
from kompetanseforum.organisations.models import CycleMember, Organisation
from kompetanseforum.organisations.queries.taking_part import members_of
from tests.kompetanse.brreg.making import unit
from tests.organisations.conftest import BringIn

pytestmark = pytest.mark.django_db

COORDINATOR = Viewer(roles=frozenset({"coordinator"}))


@pytest.fixture
def cycle(forum: object) -> Cycle:
    return _started("2026–2027", 2026)


def _started(title: str, year: int) -> Cycle:
    period = Period(title=title, starts_on=date(year, 1, 1), ends_on=date(year + 1, 12, 31), priorities="Grønne yrker")
    return start_cycle(period=period, by=NOBODY)


def _names(cycle: Cycle, viewer: Viewer = NOBODY) -> list[tuple[str, str]]:
    return [(one.name, one.url) for one in members_of(cycle, viewer=viewer)]


def test_a_name_is_an_organisation_a_person_or_stands_as_it_is(cycle: Cycle, bring_in: BringIn) -> None:
    found = add_organisation(name="Glomma fagskole")
    present_organisation(found, said=Presented(wants_to_be_found=True), by=None)
    silent = add_organisation(name="Verftet AS")
    bring_in([unit(1, navn="SOLSIDA BAKERI AS")])
    person = add_person(name="Liv Dahl")
    give_role(person=person, role=Role.PARTICIPANT)
    stranger = add_person(name="Per Ukjent")
    for name in ("glomma fagskole", "Verftet AS", "Solsida bakeri AS", "Liv Dahl", "Per Ukjent", " De   videregående "):
        for _twice in range(2):
            take_into_cycle(cycle, name=name, by=COORDINATOR)
    bakery = Organisation.objects.get(organisation_number__isnull=False)
    page = "/virksomheter/"
    assert _names(cycle) == [
        ("Glomma fagskole", f"{page}{found.public_id}"),
        ("Verftet AS", ""),
        (bakery.name, ""),
        ("Liv Dahl", ""),
        ("Per Ukjent", ""),
        ("De videregående", ""),
    ]
    assert _names(cycle, COORDINATOR)[1:4] == [
        ("Verftet AS", f"{page}{silent.public_id}"),
        (bakery.name, f"{page}{bakery.public_id}"),
        ("Liv Dahl", f"/medlemmer/{person.public_id}"),
    ]
    assert not CycleMember.objects.filter(person=stranger).exists()


def test_two_that_are_one_take_part_once(cycle: Cycle) -> None:
    first, other, kept = (add_organisation(name=name) for name in ("Verftet", "Verft", "Verftet AS"))
    for name in ("Verftet", "Verft", "Verftet AS"):
        take_into_cycle(cycle, name=name, by=COORDINATOR)
    for one in (first, other):
        join_organisations(kept=kept, joined=one, by=add_person(name="Ingrid"))
    assert _names(cycle) == [("Verftet AS", "")]


def test_whoever_takes_part_goes_on_into_the_next_period(
    cycle: Cycle, django_capture_on_commit_callbacks: object
) -> None:
    add_organisation(name="Verftet AS")
    for name in ("Verftet AS", "De videregående skolene"):
        take_into_cycle(cycle, name=name, by=COORDINATOR)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        following = _started("2028–2029", 2028)
    assert _names(following) == _names(cycle) == [("Verftet AS", ""), ("De videregående skolene", "")]


def test_whoever_is_erased_stands_in_no_period(cycle: Cycle) -> None:
    person = add_person(name="Liv Dahl")
    give_role(person=person, role=Role.PARTICIPANT)
    take_into_cycle(cycle, name="Liv Dahl", by=COORDINATOR)
    erase_person(person=person, withdraws_voices=False)
    assert _names(cycle, COORDINATOR) == []


def test_the_name_of_a_sole_proprietor_is_not_told(cycle: Cycle) -> None:
    firm = add_organisation(name="Liv Dahl Frisør", kind="other")
    Organisation.objects.filter(pk=firm.pk).update(is_sole_proprietor=True)
    take_into_cycle(cycle, name="Liv Dahl Frisør", by=COORDINATOR)
    assert len(_names(cycle)) == 1 and "Liv Dahl" not in _names(cycle)[0][0]


@pytest.mark.slow
def test_a_coordinator_takes_in_and_out_and_all_may_read(
    client: Client, coordinator_client: Client, cycle: Cycle
) -> None:
    add_organisation(name="Verftet AS")
    members, page = f"/virksomheter/periode/{cycle.public_id}", f"/perioder/{cycle.public_id}"
    assert client.post(members, {"organisation": "Verftet AS"}).status_code == 403
    assert coordinator_client.post(members, {"organisation": " "}).status_code == 422
    assert coordinator_client.post(members, {"organisation": "x" * 161}).status_code == 422
    for name in ("Verftet AS", "<b>De videregående</b>"):
        coordinator_client.post(members, {"organisation": name})
    read = client.get(page).content.decode()
    assert "Verftet AS" in read and "&lt;b&gt;De videregående" in read and members not in read
    assert members in coordinator_client.get(page).content.decode()
    (out, _stays) = CycleMember.objects.all()
    way = f"/virksomheter/periode/med/{out.public_id}/ta-ut"
    assert client.post(way).status_code == 403
    assert "Verftet AS" in client.get(page).content.decode()
    assert coordinator_client.post(way)["Location"] == members
    assert "Verftet AS" not in client.get(page).content.decode()
    assert coordinator_client.post(way).status_code == 404


def test_the_page_asks_as_much_for_three_as_for_one(client: Client, cycle: Cycle) -> None:
    asked = []
    for number in range(3):
        present_organisation(add_organisation(name=f"Verft {number}"), said=Presented(wants_to_be_found=True), by=None)
        take_into_cycle(cycle, name=f"Verft {number}", by=COORDINATOR)
        with CaptureQueriesContext(connection) as found:
            client.get(f"/perioder/{cycle.public_id}")
        asked.append(len(found))
    assert asked[0] == asked[2]


@pytest.mark.slow
def test_the_report_leads_to_those_who_want_to_be_found(cycle: Cycle, settings: object, tmp_path: object) -> None:
    school = add_organisation(name="Glomma fagskole")
    present_organisation(school, said=Presented(wants_to_be_found=True), by=None)
    for name in ("Glomma fagskole", "De videregående skolene"):
        take_into_cycle(cycle, name=name, by=COORDINATOR)
    told = Told(first=date(2026, 6, 1), last=date(2026, 6, 30))
    (told_cycle,) = shown(report_to_read(told))["report"].cycles  # type: ignore[attr-defined]
    assert [(one.name, one.url) for one in told_cycle.members] == _names(cycle)
    settings.ADDRESS = "https://forum.example.no"  # type: ignore[attr-defined]
    made = ask_for_report(period=told, language="nb", enqueue=str)
    make_report(made)
    made.refresh_from_db()
    address = f"/virksomheter/{school.public_id}"
    assert f'<a href="{address}">Glomma fagskole</a>' in made.page
    assert "<li>De videregående skolene</li>" in made.page
    paper = paper_of(made)
    assert paper is not None
    notes = [note.get_object() for page in PdfReader(io.BytesIO(paper)).pages for note in page.get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in notes] == [f"https://forum.example.no{address}"]
