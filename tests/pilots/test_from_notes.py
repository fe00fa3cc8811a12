"""Notes on a board become a small test, or an idea, once; and tell so."""

from __future__ import annotations

import pytest
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.ideas.models import Idea
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import board_with

PLAN = {
    "title": "To kvelder i huset",
    "hypothesis": "Hvis det er kveld, kommer de små",
    "smallest_test": "To kvelder på verkstedet",
    "who": "Seks fra tre verksteder",
    "begins_on": "2026-06-01",
    "stop_if": "Færre enn tre kommer",
    "sending_key": "p7p7p7p7",
}


def _edges(thing: Pilot | Idea) -> set[tuple[str, str]]:
    edges = Edge.objects.filter(downstream_id=thing.public_id, taken_back_at=None)
    return set(edges.values_list("upstream_id", "relation"))


@pytest.mark.slow
def test_notes_become_a_pilot_once(forum: object, person: Person, coordinator_client: Client) -> None:
    board, notes = board_with("Kveldskurs i huset", "Ikke valgt", by=person)
    address = f"/piloter/ny/av-lapper/{board.public_id}"
    page = coordinator_client.post(address, {"note": notes[:1]}).content.decode()
    assert ("Kveldskurs i huset</textarea>" in page, "Ikke valgt" in page) == (True, False)
    assert coordinator_client.post(address, PLAN | {"note": notes[:1], "stop_if": ""}).status_code == 422
    answers = [coordinator_client.post(address, PLAN | {"note": notes[:1]}) for _ in range(2)]
    pilot = Pilot.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/piloter/{pilot.public_id}"}
    assert _edges(pilot) == {(board.public_id, "raised_in"), (notes[0], "became")}
    assert "Kveldskurs i huset" in coordinator_client.get(f"/piloter/{pilot.public_id}").content.decode()


@pytest.mark.slow
def test_notes_become_an_idea_once(forum: object, person: Person, coordinator_client: Client) -> None:
    board, notes = board_with("Reparere på torget", "Ikke valgt", by=person)
    address = f"/utfordringer/ny/ide-av-lapper/{board.public_id}"
    page = coordinator_client.post(address, {"note": notes[:1]}).content.decode()
    assert ("Reparere på torget</textarea>" in page, "Ikke valgt" in page) == (True, False)
    sent = {"note": notes[:1], "words": "Vi reparerer på torget hver fredag", "sending_key": "i7i7i7i7"}
    assert coordinator_client.post(address, sent | {"words": ""}).status_code == 422
    answers = [coordinator_client.post(address, sent) for _ in range(2)]
    idea = Idea.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/ideer/{idea.public_id}"}
    assert (idea.words, idea.held_reason) == ("Vi reparerer på torget hver fredag", "")
    assert _edges(idea) == {(board.public_id, "raised_in"), (notes[0], "became")}


@pytest.mark.slow
def test_without_chosen_notes_or_the_right_to_lead_nothing_is_made(
    forum: object, person: Person, coordinator_client: Client
) -> None:
    board, notes = board_with("Kveldskurs", by=person)
    for address in (f"/piloter/ny/av-lapper/{board.public_id}", f"/utfordringer/ny/ide-av-lapper/{board.public_id}"):
        said = coordinator_client.post(address, follow=True).content.decode()
        assert "Kryss av" in said, address
        sent = PLAN | {"note": notes, "words": "X", "begins_on": str(clock.today())}
        assert Client().post(address, sent).status_code == 403, address
        assert coordinator_client.post(address, {"note": ["finnesikke1"]}).status_code == 302, address
    assert (Pilot.objects.count(), Idea.objects.count()) == (0, 0)
