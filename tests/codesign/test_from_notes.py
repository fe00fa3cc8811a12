"""Notes on a board become a change to an offer, in a room one is in."""

from __future__ import annotations

import pytest
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.models import Board
from kompetanseforum.codesign.actions import join_room
from kompetanseforum.codesign.models import Change, Room
from kompetanseforum.core.refs import ref
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import board_with


def address(board: Board) -> str:
    return f"/nytt-tilbud/av-lapper/{board.public_id}"


@pytest.mark.slow
def test_who_is_in_no_room_is_told_where_changes_are_proposed(person: Person, room: Room, coordinator_client: Client):
    board, notes = board_with("Ti kvelder", "Ikke valgt", by=person)
    page = coordinator_client.post(address(board), {"note": notes[:1]}).content.decode()
    assert "Du er ikke med i noe rom ennå" in page
    assert Change.objects.count() == 0


@pytest.mark.slow
def test_the_notes_become_a_change_once_and_tell_of_the_room(person: Person, room: Room, coordinator_client: Client):
    board, notes = board_with("Ti kvelder", "Ikke valgt", by=person)
    join_room(room=room, name="Kari", sector="public", person=person, by=ref(person))
    page = coordinator_client.post(address(board), {"note": notes[:1]}).content.decode()
    assert ("Ti kvelder</textarea>" in page, "Ikke valgt" in page) == (True, False)
    sent = {
        "note": notes[:1],
        "room": room.public_id,
        "part": "structure",
        "proposal": "Ti kvelder, ikke to uker",
        "sending_key": "k9k9k9k9",
    }
    answers = [coordinator_client.post(address(board), sent) for _ in range(2)]
    change = Change.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/nytt-tilbud/{room.public_id}"}
    assert (change.part, change.proposal) == ("structure", "Ti kvelder, ikke to uker")
    edges = Edge.objects.filter(downstream_id=room.public_id, upstream_kind__in=("note", "board"))
    assert set(edges.values_list("upstream_id", "relation")) == {(board.public_id, "raised_in"), (notes[0], "became")}


@pytest.mark.slow
def test_a_room_one_is_not_in_cannot_be_named(person: Person, room: Room, coordinator_client: Client):
    board, notes = board_with("Ti kvelder", "Ikke valgt", by=person)
    sent = {"note": notes[:1], "room": room.public_id, "part": "content", "proposal": "X", "sending_key": "k8"}
    assert coordinator_client.post(address(board), sent).status_code == 422
    assert Client().post(address(board), sent).status_code == 403
    assert Change.objects.count() == 0
