"""Minutes become needs: taken, joined, dropped; what was said stays as evidence, for coordinators alone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.minutes.actions import Choice, bring_in, decide, delete_minutes, forget_person
from kompetanseforum.minutes.imports import demo_minutes
from kompetanseforum.minutes.models import Minutes, Proposal, ProposalState
from kompetanseforum.minutes.queries import shown_proposals, thread_steps, waiting_in
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.threads.queries import standing_edge
from tests.minutes.conftest import SAID, pdf_file, word_file

TEXT = f"Sak 1. Runde. {SAID} Kanaribakken takket for maten. Glomma Laks trenger automatikere som kan PLS."

# With real words, since they must be heard.
pytestmark = pytest.mark.usefixtures("metal_trades", "noon")


@pytest.fixture
def firms() -> None:
    for name in ("Borgskilt Profil AS", "Glomma Laks AS"):
        add_organisation(name=name)


def brought(text: str = TEXT) -> Minutes:
    return bring_in(title="Arbeidsmøte", text=text, by=None)


@pytest.mark.slow
def test_sentences_are_proposed_with_their_words_and_the_organisation_of_the_register(firms: None, coordinator: Viewer):
    first, second = shown_proposals(waiting_in(brought()), viewer=coordinator)
    assert (first.proposal.words, first.organisation) == (SAID, "Borgskilt Profil AS")
    assert [text for text, is_marked in first.segments if is_marked] == ["mangler"]
    assert "Sveise aluminium" in [skill.label.capitalize() for skill in first.heard] or first.heard
    assert second.organisation == "Glomma Laks AS"


def test_a_taken_sentence_is_a_need_with_an_owner_a_date_and_a_thread_back(firms: None, coordinator: Viewer):
    minutes = brought()
    [proposal, _other] = waiting_in(minutes)
    decide([Choice(proposal, words=SAID, organisation="Borgskilt Profil AS")], by=coordinator)
    [voice] = Voice.objects.select_related("need", "organisation")
    assert (voice.words, voice.organisation and voice.organisation.name, voice.is_confirmed) == (
        SAID, "Borgskilt Profil AS", False,
    )  # fmt: skip
    assert not voice.words_are_public and not voice.name_is_public
    assert voice.need.owner_id and voice.need.next_answer_on
    assert standing_edge(upstream=ref(minutes), downstream=ref(voice.need), relation="raised_in")


def test_decided_twice_it_is_one_need(firms: None, coordinator: Viewer):
    [proposal, _other] = waiting_in(brought())
    choice = Choice(proposal, words=SAID, organisation="Borgskilt Profil AS")
    assert len(decide([choice], by=coordinator)) == 1
    assert decide([choice], by=coordinator) == []
    assert Need.objects.count() == 1


@pytest.mark.slow
def test_a_sentence_joins_the_need_that_is_there(firms: None, coordinator: Viewer):
    there = voice_need(said=Said(words="Vi får ikke tak i folk som kan sveise aluminium"), by=None).need
    minutes = brought()
    shown, other = shown_proposals(waiting_in(minutes), viewer=coordinator)
    assert [one.public_id for one in shown.alike] == [there.public_id]
    assert other.alike == []
    decide([Choice(shown.proposal, words=SAID, organisation="Borgskilt Profil AS", need=there)], by=coordinator)
    assert Need.objects.count() == 1
    assert there.voices.count() == 2
    assert standing_edge(upstream=ref(minutes), downstream=ref(there), relation="raised_in")


def test_the_same_form_twice_is_one_text(firms: None):
    one, other = (bring_in(title="A", text=TEXT, by=None, sending_key="k") for _ in range(2))
    assert one == other
    assert FactRow.objects.filter(name="minutes.MinutesBroughtIn").count() == 1


@pytest.mark.slow
def test_others_learn_that_it_was_said_in_a_meeting_and_not_which(firms: None, coordinator: Viewer, client: Client):
    minutes = brought("Kanarifugl AS trenger folk som kan sveise aluminium.")
    decide([Choice(waiting_in(minutes)[0], words="Vi trenger sveisere", organisation="Kanarifugl AS")], by=coordinator)
    here = ref(minutes)
    assert thread_steps(NOBODY, [here])[here].title != "Arbeidsmøte"
    assert thread_steps(coordinator, [here])[here].title == "Arbeidsmøte"
    need = Need.objects.get()
    for address in (f"/behov/{need.public_id}", "/behov/", f"/referat/{minutes.public_id}", "/referat/", "/"):
        page = client.get(address).content.decode()
        assert "Kanarifugl" not in page and "Arbeidsmøte" not in page


@pytest.mark.slow
def test_deleted_minutes_leave_the_need_and_a_mark_in_its_thread(
    firms: None, coordinator: Viewer, coordinator_client: Client
):
    minutes = brought()
    decide([Choice(waiting_in(minutes)[0], words=SAID, organisation="Borgskilt Profil AS")], by=coordinator)
    need = Need.objects.get()
    assert "Hvor det ble sagt" in coordinator_client.get(f"/behov/{need.public_id}").content.decode()
    delete_minutes(minutes, by=None)
    page = coordinator_client.get(f"/behov/{need.public_id}").content.decode()
    assert "Hvor det ble sagt" not in page
    assert "tatt bort" in page


# The pages


def answers(page_of: Minutes, **choices: str) -> dict[str, object]:
    """The form as it stands, with these choices for the first, the second …"""
    proposals = waiting_in(page_of)
    sent: dict[str, object] = {"proposal": [one.public_id for one in proposals]}
    for one, choice in zip(proposals, choices.values(), strict=False):
        name = one.organisation.name if one.organisation else ""
        sent |= {
            f"{one.public_id}-choice": choice,
            f"{one.public_id}-words": one.words,
            f"{one.public_id}-organisation": name,
        }
    return sent


@pytest.mark.slow
def test_many_sentences_are_decided_at_once(firms: None, coordinator_client: Client):
    minutes = brought()
    address = f"/referat/{minutes.public_id}"
    answer = coordinator_client.post(address, answers(minutes, a="new", b="drop"), follow=True)
    assert "Ett nytt behov" in answer.content.decode()
    assert [one.state for one in Proposal.objects.all()] == [ProposalState.TAKEN, ProposalState.DROPPED]
    dropped = Proposal.objects.get(state=ProposalState.DROPPED)
    coordinator_client.post(f"/referat/setning/{dropped.public_id}/tilbake")
    assert Proposal.objects.get(pk=dropped.pk).state == ProposalState.WAITING


def test_what_is_not_filled_in_right_stops_them_all_and_says_what_to_do(firms: None, coordinator_client: Client):
    minutes = brought()
    sent = answers(minutes, a="new", b="new")
    second = waiting_in(minutes)[1]
    sent[f"{second.public_id}-words"] = " "
    answer = coordinator_client.post(f"/referat/{minutes.public_id}", sent)
    assert answer.status_code == 422
    assert "Skriv hva de trenger" in answer.content.decode()
    assert not Need.objects.exists()


@pytest.mark.slow
def test_a_voice_that_joins_must_be_somebodys(coordinator_client: Client):
    there = voice_need(said=Said(words="Vi får ikke tak i folk som kan sveise aluminium"), by=None).need
    minutes = brought("Noen i salen mangler folk som kan sveise aluminium.")
    answer = coordinator_client.post(f"/referat/{minutes.public_id}", answers(minutes, a=f"join-{there.public_id}"))
    assert answer.status_code == 422
    assert "Skriv hvem som står bak" in answer.content.decode()


@pytest.mark.parametrize("file", [word_file(SAID), pdf_file(SAID), SAID.encode()])
def test_a_file_is_read_and_leads_to_its_sentences(firms: None, coordinator_client: Client, file: bytes):
    answer = coordinator_client.post("/referat/", {"file": SimpleUploadedFile("møte.dat", file)}, follow=True)
    assert SAID.split(" mangler")[0] in answer.content.decode()
    assert Minutes.objects.get().title == "møte.dat"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Lim inn teksten, eller velg en fil"),
        ({"file": SimpleUploadedFile("a.pdf", pdf_file(SAID, password="x"))}, "låst med passord"),
        ({"file": SimpleUploadedFile("tom.txt", b"")}, "Fila er tom"),
        ({"text": "Vi trenger kokker", "held_on": "2099-01-01"}, "Velg en dag som har vært"),
        ({"text": "Vi trenger kokker", "held_on": "i går"}, "Skriv datoen slik"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(coordinator_client: Client, sent: dict[str, object], words: str):
    answer = coordinator_client.post("/referat/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Minutes.objects.exists()


@pytest.mark.slow
def test_the_page_asks_the_database_as_often_for_three_as_for_one(firms: None, coordinator_client: Client):
    counts = []
    for text in (SAID, TEXT + " Tista Bakeri mangler bakere. Moss Logistikk trenger truckførere."):
        voice_need(said=Said(words="Vi får ikke tak i folk som kan sveise aluminium"), by=None)
        minutes = brought(text)
        coordinator_client.get(f"/referat/{minutes.public_id}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            coordinator_client.get(f"/referat/{minutes.public_id}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20


@pytest.mark.slow
def test_two_pages_with_twenty_needs_are_read_in_a_moment(coordinator: Viewer):
    [row, *_] = demo_minutes()
    assert len(waiting_in(bring_in(title=row.title, text=row.text, by=None))) >= 19


def test_a_person_who_is_erased_is_struck_out_of_the_text(firms: None, person: Person):
    ola = add_person(name="Ola Kanarifugl", email="ola@kanari.example")
    minutes = brought(f"Ola Kanarifugl tok ordet. {SAID}")
    forget_person(Erasure(person=ref(ola), holds=frozenset[Ref](), email=ola.email, withdraws_voices=False))
    minutes.refresh_from_db()
    assert "Kanarifugl" not in minutes.text
    assert waiting_in(minutes)[0].words == SAID
