"""The register itself: asked politely, believed with care, and followed when it takes something away."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from kompetanse.brreg import BrregError
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.outgoing import Busy, Gone, OutgoingError
from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.offers.actions import change_offer, register_offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations import jobs
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.actions.register import keep_cursor, start_import
from kompetanseforum.organisations.clients import Brreg, Change
from kompetanseforum.organisations.models import Register, RegisterCursor, RegisterImport, RegisterUnit
from tests.architecture.things import contents
from tests.core.outside import Outside, after, breaks_off, says, status
from tests.kompetanse.brreg.making import as_json, number, place, unit
from tests.kompetanse.brreg.test_units import FIXTURES
from tests.organisations.conftest import BringIn

pytestmark = pytest.mark.django_db


def _page(name: str, rows: list) -> dict:
    page = {"size": len(rows), "totalElements": len(rows), "totalPages": 1, "number": 0}
    return {"_embedded": {name: rows}, "page": page} if rows else {"page": page}


def _changes(*pairs: tuple[int, str]) -> dict:
    return _page("oppdaterteEnheter", [{"oppdateringsid": n, "organisasjonsnummer": who} for n, who in pairs])


# The client


def test_the_clients_answers_are_the_registers_own_shapes(register: Outside, brreg: Brreg):
    register.at["/enheter"] = says(json.loads((FIXTURES / "brreg_enheter_page.json").read_text()))
    register.at["/oppdateringer/enheter"] = says(json.loads((FIXTURES / "brreg_oppdateringer.json").read_text()))
    register.at["/underenheter/999999911"] = says(json.loads((FIXTURES / "brreg_underenhet.json").read_text()))
    assert [one.number for one in brreg.units(Register.UNITS, ["999999901", "999999902"])] == [
        "999999901",
        "999999902",
        "999999903",
    ]
    assert brreg.changes(Register.UNITS, after=20000000)[1] == Change(id=20000002, number="999999904")
    found = brreg.unit(Register.PLACES, "999999911")
    assert found and found.parent == "999999901"
    assert register.paths() == [
        "/enheter?organisasjonsnummer=999999901%2C999999902&size=100",
        "/oppdateringer/enheter?oppdateringsid=20000001&size=10000",
        "/underenheter/999999911",
    ]


def test_what_is_not_there_and_what_is_gone_for_good_are_two_things(register: Outside, brreg: Brreg):
    register.at[f"/enheter/{number(2)}"] = status(410)
    assert brreg.unit(Register.UNITS, number(1)) is None
    with pytest.raises(Gone):
        brreg.unit(Register.UNITS, number(2))


@pytest.mark.parametrize("answer", [[], {"enheter": []}, {"_embedded": {"enheter": {}}, "page": {}}, "nei"])
def test_an_envelope_of_another_shape_is_seen(register: Outside, brreg: Brreg, answer: object):
    register.at["/enheter"] = says(answer)
    with pytest.raises(BrregError):
        list(brreg.units(Register.UNITS, [number(1)]))


# All of it


def _fetch(half: Register) -> RegisterImport:
    row = start_import(register=half, by=None, enqueue=lambda _public_id: None)
    jobs.fetch_all.func(row.public_id)
    row.refresh_from_db()
    return row


def test_the_whole_register_is_fetched_and_followed_from_there(register: Outside, forum: Forum, noon: datetime):
    register.at["/oppdateringer/enheter"] = says(_changes((501, number(1))))
    register.at["/enheter/lastned"] = status(200, as_json([unit(1), unit(2)]))
    row = _fetch(Register.UNITS)
    assert (row.state, RegisterUnit.objects.count()) == ("done", 2)
    assert register.paths()[0] == "/oppdateringer/enheter?dato=2026-11-22T10%3A30%3A00.000Z&size=1"
    assert RegisterCursor.objects.get().last_id == 500


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (status(204), "not_the_register"),
        (status(304), "not_the_register"),
        (status(404), "no_answer"),
        (status(410), "no_answer"),
        (status(429, Retry_After="3600"), "no_answer"),
        (status(500), "no_answer"),
        (status(200, as_json([unit(n) for n in range(50)])[:-20]), "cut_off"),
        (status(200, b"<html>Vedlikehold</html>"), "not_the_register"),
    ],
    ids=["204", "304", "404", "410", "429", "500", "truncated", "page"],
)
@pytest.mark.slow
def test_a_register_that_fails_leaves_what_was_here(register: Outside, bring_in: BringIn, answer: object, problem: str):
    bring_in([unit(1)])
    register.at["/oppdateringer/enheter"] = says(_changes((501, number(1))))
    register.at["/enheter/lastned"] = answer
    row = _fetch(Register.UNITS)
    assert (row.state, row.problem) == ("failed", problem)
    assert RegisterUnit.objects.filter(organisation_number=number(1)).exists()
    assert not RegisterCursor.objects.exists()


# What has changed


def _hear(half: Register = Register.UNITS) -> None:
    jobs.hear_changes.func(half.value)


def test_changes_bring_in_move_and_remove(register: Outside, bring_in: BringIn):
    bring_in([unit(1), unit(2), unit(3)])
    keep_cursor(Register.UNITS, last_id=500)
    elsewhere = {"kommune": "OSLO", "kommunenummer": "0301"}
    register.at["/oppdateringer/enheter"] = after(
        says(_changes((501, number(1)), (502, number(2)), (503, number(3)), (504, number(4)), (505, number(5)))),
        says(_changes()),
    )
    register.at["/enheter"] = says(
        _page("enheter", [
            unit(1, antallAnsatte=150),
            unit(2, forretningsadresse=elsewhere),
            unit(4),
            unit(5, forretningsadresse=elsewhere),
        ])
    )  # fmt: skip
    _hear()
    sizes = dict(RegisterUnit.objects.values_list("organisation_number", "size"))
    assert sizes == {number(1): "100+", number(4): "5-19"}
    assert RegisterCursor.objects.get().last_id == 505
    # Only the one of ours that the register did not list was asked for by itself.
    assert register.paths()[2] == f"/enheter/{number(3)}"
    assert register.paths()[3] == "/oppdateringer/enheter?oppdateringsid=506&size=10000"


@pytest.mark.alike
@pytest.mark.parametrize(
    "answer",
    [
        status(204),
        status(304),
        status(404),
        status(410),
        status(429),
        status(500),
        says({"page": 1}),
        says({"page": {"totalElements": 3}, "_embedded": {"endringer": [1, 2, 3]}}),
        breaks_off,
    ],
    ids=["204", "304", "404", "410", "429", "500", "no page", "another list", "cut off"],
)
@pytest.mark.slow
def test_when_the_register_does_not_say_what_changed_nothing_here_does_and_it_is_asked_again(
    register: Outside, bring_in: BringIn, noon: datetime, answer: object
):
    bring_in([unit(1)])
    keep_cursor(Register.UNITS, last_id=500)
    before = list(RegisterUnit.objects.values())
    register.at["/oppdateringer/enheter"] = answer
    with clock.at(noon + timedelta(hours=20)):
        assert jobs.ask_when_due()
        with pytest.raises((OutgoingError, BrregError)):
            _hear()
    cursor = RegisterCursor.objects.get()
    assert (list(RegisterUnit.objects.values()), cursor.last_id) == (before, 500)
    assert timedelta(hours=1) <= cursor.next_at - (noon + timedelta(hours=20)) <= timedelta(days=1)
    # What it then says is heard from where we were.
    register.at["/oppdateringer/enheter"] = after(says(_changes((501, number(1)))), says(_changes()))
    register.at["/enheter"] = says(_page("enheter", [unit(1, navn="NYTT NAVN AS")]))
    _hear()
    assert RegisterUnit.objects.get().name == "Nytt Navn AS"


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_what_is_taken_away_for_good_is_gone_here_too(register: Outside, bring_in: BringIn):
    """The canary: in the copies, as a voice's public name, as a provider's, in an offer's earlier version."""
    bring_in([unit(1, navn="ELVEKANTEN AS"), unit(2)])
    bring_in([place(5, parent=number(1), navn="ELVEKANTEN AS AVD MOSS")])
    chosen = find_or_add_organisation(name=number(1))
    voice_need(said=Said(words="Vi trenger en", name_is_public=True), by=None, organisation=chosen)
    offer = register_offer(content=Content(title="Kurs", provider=chosen.name), source="form", by=None)
    change_offer(offer=offer, content=Content(title="Nytt kurs", provider=chosen.name), by=None)
    keep_cursor(Register.UNITS, last_id=500)
    register.at["/oppdateringer/enheter"] = after(says(_changes((501, number(1)))), says(_changes()))
    register.at["/enheter"] = says(_page("enheter", []))
    register.at[f"/enheter/{number(1)}"] = status(410)
    _hear()
    chosen.refresh_from_db()
    assert (chosen.name, chosen.organisation_number) == ("", None)
    assert "elvekanten" not in str(dict(contents(list(apps.get_models())))).casefold()
    everything = str(list(RegisterUnit.objects.values()))
    assert number(2) in everything
    assert FactRow.objects.filter(name="organisations.OrganisationPurged", about_id=chosen.public_id).exists()


def test_the_register_is_asked_once_a_day_and_sooner_when_it_did_not_answer(
    register: Outside, forum: Forum, noon: datetime
):
    assert not jobs.ask_when_due()
    keep_cursor(Register.UNITS, last_id=500)
    with clock.at(noon + timedelta(hours=19)):
        assert not jobs.ask_when_due()
    with clock.at(noon + timedelta(hours=20)):
        assert jobs.ask_when_due()
        assert not jobs.ask_when_due()
        assert DBTaskResult.objects.count() == 1
        register.at["/oppdateringer/enheter"] = status(429, Retry_After="7200")
        with pytest.raises(Busy):
            _hear()
        assert RegisterCursor.objects.get().next_at == noon + timedelta(hours=22)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_coordinator_presses_once_and_the_worker_fetches_both_halves(register: Outside, coordinator_client):
    for half, rows in (("enheter", [unit(1)]), ("underenheter", [place(5, parent=number(1), navn="ELVE MOSS")])):
        register.at[f"/oppdateringer/{half}"] = says(_page(f"oppdaterte{half.capitalize()}", []))
        register.at[f"/{half}/lastned"] = status(200, as_json(rows))
    coordinator_client.post("/virksomheter/register/hent")
    call_command("work", once=True)
    assert list(RegisterImport.objects.values_list("register", "state")) == [
        ("enheter", "done"),
        ("underenheter", "done"),
    ]
    assert set(RegisterUnit.objects.values_list("name", flat=True)) == {"Eksempel 1 AS", "Elve Moss"}
