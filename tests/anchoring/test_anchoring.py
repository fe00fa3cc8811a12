"""Anchoring: who may record it, how firmly, until when; the reminder before it lapses; one page for the leader."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.trace import Relation
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Notices
from kompetanseforum.anchoring.actions import (
    Commitment,
    NotTheirs,
    add_internal_step,
    change_anchoring,
    record_anchoring,
    remind_of_lapsing,
    renew_anchoring,
)
from kompetanseforum.anchoring.capability import CAPABILITY
from kompetanseforum.anchoring.models import Anchoring, InternalStep, Move, State
from kompetanseforum.anchoring.queries.shown import next_until
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure, thread_steps
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.actions import add_organisation, ask_to_represent, confirm_representation
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.pilots.actions import add_learnings, start_pilot
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import board_with
from tests.pilots.conftest import CANARY, browser_of, make_need, member, plan, viewer_of

__all__ = ["make_need", "member"]
pytestmark = pytest.mark.django_db
_CONTACT = "kontakt@hemmelig.example"


@pytest.fixture
def school(forum: object) -> Organisation:
    return add_organisation(name="Glomma videregående", kind="other")


@pytest.fixture
def speaker(member, school, person) -> Viewer:
    """Speaks for the school, confirmed."""
    confirm_representation(ask_to_represent(person=member, organisation=school), by=person)
    return viewer_of(member)


def said(**changed: object) -> Commitment:
    return Commitment(**({"what": "Kveldene blir faste", "contact_email": _CONTACT} | changed))  # type: ignore[arg-type]


def sent(**changed: str) -> dict[str, str]:
    return {"what": "Kveldene blir faste", "state": "aware", "sending_key": "en-gang"} | changed


def test_who_speaks_for_it_records_and_a_coordinator_only_reports(school, speaker, coordinator, noon):
    own = record_anchoring(organisation=school, commitment=said(), by=speaker)
    reported = record_anchoring(organisation=school, commitment=said(), by=coordinator)
    assert (own.is_reported, reported.is_reported) == (False, True)


def test_what_a_coordinator_says_for_them_later_is_reported_until_they_say_it_themselves(
    school, speaker, coordinator, noon
):
    anchoring = record_anchoring(organisation=school, commitment=said(), by=speaker)
    decided = said(state=State.COMMITTED, decided_by="Styret", decided_on=clock.today())
    until = clock.today() + timedelta(days=90)
    told = []
    for change in (
        lambda: change_anchoring(anchoring=anchoring, commitment=said(costs="Ti timer"), by=coordinator),
        lambda: change_anchoring(anchoring=anchoring, commitment=decided, by=coordinator),
        lambda: change_anchoring(anchoring=anchoring, commitment=decided, by=speaker),
        lambda: renew_anchoring(anchoring=anchoring, until=until, by=coordinator),
        lambda: renew_anchoring(anchoring=anchoring, until=until + timedelta(days=9), by=speaker),
    ):
        change()
        anchoring.refresh_from_db()
        told.append(anchoring.is_reported)
    # Whom to ask and what it costs is no promise.
    assert told == [False, True, False, True, False]


def test_nobody_commits_another_organisation(school, member, noon):
    with pytest.raises(NotTheirs):
        record_anchoring(organisation=school, commitment=said(), by=viewer_of(member))
    answer = browser_of(member).post("/forankring/ny", sent(organisation=school.name))
    assert answer.status_code == 422
    answer = browser_of(member).post("/forankring/ny", sent(organisation=school.public_id))
    assert (answer.status_code, Anchoring.objects.count(), Edge.objects.count()) == (422, 0, 0)


def test_the_same_form_twice_is_one_anchoring(school, speaker, member, noon):
    browser = browser_of(member)
    first, again = (browser.post("/forankring/ny", sent(organisation=school.public_id)) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    assert (Anchoring.objects.count(), Move.objects.count()) == (1, 1)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"state": "committed"}, "Skriv hvem som har vedtatt det"),
        ({"state": "committed", "decided_by": "Styret"}, "Skriv når det ble vedtatt"),
        ({"decided_on": "2026-12-24"}, "Velg en dag som har vært"),
        ({"decided_on": "2026-11-01", "until": "2026-10-01"}, "Det går ut før det er vedtatt"),
        ({"contact_email": "ola@"}, "ikke"),
    ],
)
def test_what_is_not_filled_in_right_comes_back(school, speaker, member, wrong, told, noon):
    answer = browser_of(member).post("/forankring/ny", sent(organisation=school.public_id, **wrong))
    assert (answer.status_code, Anchoring.objects.count()) == (422, 0)
    assert told in answer.content.decode()


def test_it_is_tied_to_what_it_anchors_and_seen_in_its_thread_by_those_who_may(school, speaker, coordinator, noon):
    pilot = start_pilot(plan=plan(), by=coordinator)
    anchoring = record_anchoring(organisation=school, commitment=said(), by=speaker, about=ref(pilot))
    edge = Edge.objects.get(relation=Relation.ANCHORED_BY)
    assert (edge.upstream, edge.downstream) == (ref(pilot), ref(anchoring))
    assert thread_steps(NOBODY, [ref(anchoring)]) == {}
    Anchoring.objects.update(is_public=True)
    assert thread_steps(NOBODY, [ref(anchoring)])[ref(anchoring)].title == "Kveldene blir faste"


@pytest.mark.slow
def test_what_is_not_for_all_and_the_contact_leak_nowhere(school, speaker, coordinator, client: Client, noon):
    pilot = start_pilot(plan=plan(), by=coordinator)
    record_anchoring(organisation=school, commitment=said(what="Internt løfte"), by=speaker, about=ref(pilot))
    open_one = record_anchoring(
        organisation=school, commitment=said(is_public=True, contact_name="Per"), by=speaker, about=ref(pilot)
    )
    for address in (
        "/forankring/", f"/forankring/{open_one.public_id}", f"/piloter/{pilot.public_id}", "/rapport", "/rapport.json",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert "Kveldene blir faste" in page, address
        assert not any(secret in page for secret in ("Internt løfte", _CONTACT, "Per<", "Ola Nes")), address
    hidden = Anchoring.objects.get(what="Internt løfte")
    assert client.get(f"/forankring/{hidden.public_id}").status_code == 403
    assert client.get(f"/forankring/{open_one.public_id}/til-lederen").status_code == 403


def test_another_organisations_speaker_neither_changes_nor_renews(school, speaker, person, noon):

    anchoring = record_anchoring(organisation=school, commitment=said(), by=speaker)
    liv = add_person(name="Liv Berg")
    other = add_organisation(name="En annen skole", kind="other")
    confirm_representation(ask_to_represent(person=liv, organisation=other), by=person)
    step = add_internal_step(anchoring=anchoring, what="Møte", on=clock.today())
    browser, address = browser_of(liv), f"/forankring/{anchoring.public_id}"
    for part in ("", "/endre", "/forny", "/steg", "/til-lederen"):
        assert browser.get(address + part).status_code == 403, part
    assert browser.post(f"/forankring/steg/{step.public_id}/gjort").status_code == 403
    assert InternalStep.objects.get().done_on is None


def test_it_is_renewed_by_opening_a_link_and_pressing_a_button(school, speaker, member, noon):
    until = clock.today() + timedelta(days=9)
    anchoring = record_anchoring(organisation=school, commitment=said(until=until), by=speaker)
    browser, address = browser_of(member), f"/forankring/{anchoring.public_id}/forny"
    page = browser.get(address).content.decode()
    assert Move.objects.count() == 1
    assert f'value="{next_until(anchoring)}"' in page
    for _ in range(2):
        assert browser.post(address, {"until": str(next_until(anchoring))}).status_code == 302
    anchoring.refresh_from_db()
    assert anchoring.until == date(2027, 12, 2)
    assert list(Move.objects.values_list("is_renewal", flat=True)) == [False, True]
    assert browser.post(address, {"until": "2026-01-01"}).status_code == 422


def test_a_leap_day_has_a_day_the_year_after(school, speaker, noon):
    anchoring = record_anchoring(organisation=school, commitment=said(until=date(2028, 2, 29)), by=speaker)
    assert next_until(anchoring) == date(2029, 2, 28)


def test_the_contact_is_reminded_a_month_before_once_and_again_after_a_renewal(school, speaker, noon):
    until = clock.today() + timedelta(days=60)
    anchoring = record_anchoring(organisation=school, commitment=said(until=until), by=speaker)
    assert remind_of_lapsing() is False and mail.outbox == []
    with clock.at(noon + timedelta(days=31)):
        assert [remind_of_lapsing(), remind_of_lapsing()] == [True, False]
        assert [letter.to for letter in mail.outbox] == [[_CONTACT]]
        assert f"/forankring/{anchoring.public_id}/forny" in mail.outbox[0].body
        anchoring.refresh_from_db()
        renew_anchoring(anchoring=anchoring, until=until + timedelta(days=365), by=speaker)
        assert remind_of_lapsing() is False
    with clock.at(noon + timedelta(days=31 + 365)):
        assert remind_of_lapsing() is True
    assert len(mail.outbox) == 2
    assert FactRow.objects.filter(name="anchoring.AnchoringLapses").count() == 2


def test_an_address_that_was_wrong_is_put_right_and_the_reminder_comes(school, speaker, noon):
    soon = said(until=clock.today() + timedelta(days=5), contact_email="feil@skole.example")
    anchoring = record_anchoring(organisation=school, commitment=soon, by=speaker)
    type(anchoring).objects.filter(pk=anchoring.pk).update(attempts=8)
    assert remind_of_lapsing() is False
    anchoring.refresh_from_db()
    right = said(until=anchoring.until, contact_email="rett@skole.example")
    change_anchoring(anchoring=anchoring, commitment=right, by=speaker)
    assert remind_of_lapsing() is True
    assert [letter.to for letter in mail.outbox] == [["rett@skole.example"]]


def test_one_who_wants_no_letters_gets_none(school, speaker, member, noon):
    type(member).objects.filter(pk=member.pk).update(notices=Notices.NEVER)
    commitment = said(until=clock.today() + timedelta(days=5), contact_email=member.email)
    record_anchoring(organisation=school, commitment=commitment, by=speaker)
    remind_of_lapsing()
    assert mail.outbox == []


def test_what_lapses_stands_on_the_desk_with_the_way_to_renew(school, coordinator, coordinator_client: Client, noon):
    soon = said(until=clock.today() + timedelta(days=5))
    anchoring = record_anchoring(organisation=school, commitment=soon, by=coordinator)
    page = coordinator_client.get("/skrivebord").content.decode()
    assert f"/forankring/{anchoring.public_id}/forny" in page


def test_the_page_for_the_leader_tells_why_what_who_else_and_what_is_asked(
    school, speaker, member, make_need, coordinator, noon
):
    need = make_need()
    hidden = make_need("Vår hemmelighet", is_public=False, firm="Hemmelig AS")
    pilot = start_pilot(plan=plan(), by=coordinator, origins=[ref(need), ref(hidden)])
    add_learnings(pilot=pilot, learnings=["Kveld er best"], by=coordinator)
    other = add_organisation(name="Verftet AS", kind="boatbuilder")
    record_anchoring(
        organisation=other, commitment=said(what="Vi sender to", is_public=True), by=coordinator, about=ref(pilot)
    )
    mine = record_anchoring(
        organisation=school,
        commitment=said(costs="Åtte timer i uka", asks="At kveldene settes på timeplanen"),
        by=speaker,
        about=ref(pilot),
    )
    page = browser_of(member).get(f"/forankring/{mine.public_id}/til-lederen").content.decode()
    for part in (
        "Vi trenger to som kan sveise", "Kveld er best", "Verftet AS: Vi sender to", "Åtte timer", "på timeplanen",
    ):  # fmt: skip
        assert part in page
    assert not any(secret in page for secret in ("Vår hemmelighet", "Hemmelig AS", CANARY))


def test_the_list_asks_as_much_for_three_as_for_one(school, coordinator, client: Client, noon):
    counts = []
    for number in range(3):
        record_anchoring(
            organisation=add_organisation(name=f"Firma {number}"),
            commitment=said(what=f"Løfte {number}", is_public=True),
            by=coordinator,
        )
        client.get("/forankring/")
        with CaptureQueriesContext(connection) as asked:
            assert f"Løfte {number}" in client.get("/forankring/").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 20


def test_whoever_leaves_is_forgotten_and_the_commitment_stands(school, speaker, member, noon):
    commitment = said(contact_name="Ola Nes", contact_email=member.email, state=State.SUPPORTED)
    anchoring = record_anchoring(organisation=school, commitment=commitment, by=speaker)
    assert CAPABILITY.personal_copy(ref(member))["anchorings"][0]["what"] == "Kveldene blir faste"
    CAPABILITY.erase(Erasure(person=ref(member), holds=frozenset(), email=member.email, withdraws_voices=False))
    anchoring.refresh_from_db()
    assert (anchoring.contact_name, anchoring.contact_email, anchoring.recorded_by) == ("", "", None)
    assert anchoring.what == "Kveldene blir faste"


def test_the_chosen_notes_become_a_commitment_once_and_tell_so(school, person, coordinator_client, noon):
    board, notes = board_with("Vi stiller med en instruktør", "Ikke valgt", by=person)
    address = f"/forankring/ny/av-lapper/{board.public_id}"
    page = coordinator_client.post(address, {"note": notes[:1]}).content.decode()
    assert ('value="Vi stiller med en instruktør"' in page, "Ikke valgt" in page) == (True, False)
    answers = [coordinator_client.post(address, sent(organisation=school.name, note=notes[0])) for _ in range(2)]
    anchoring = Anchoring.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/forankring/{anchoring.public_id}"}
    edges = Edge.objects.filter(downstream_id=anchoring.public_id).values_list("upstream_id", "relation")
    assert set(edges) == {(board.public_id, "raised_in"), (notes[0], "became")}
    assert anchoring.is_reported and Client().post(address, {"note": notes[:1]}).status_code == 403
