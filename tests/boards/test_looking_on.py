"""Those who look on read what all read, and do nothing: by page, form, request or socket."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.board import ItemKind, PhaseKind
from kompetanseforum.boards.models import Board, Guest
from kompetanseforum.boards.queries.looking_on import spectator_of, spectators_secret
from kompetanseforum.boards.queries.people import Who, who_on
from kompetanseforum.core.permissions import Viewer
from tests.boards.conftest import add_note, column_of, join, page_of

pytestmark = pytest.mark.django_db


def link_of(board: Board) -> str:
    return reverse("boards:look_on", kwargs={"secret": spectators_secret(board)})


@pytest.fixture
def looking_on(board: Board) -> Client:
    screen = Client()
    assert screen.post(link_of(board)).headers["Location"] == page_of(board, "wall")
    return screen


def test_to_open_the_link_changes_nothing_and_its_button_lets_one_in(board: Board):
    screen = Client()
    assert "Du ser på" in screen.get(link_of(board)).content.decode()
    assert screen.get(page_of(board, "wall")).status_code in (302, 403)
    screen.post(link_of(board))
    assert screen.get(page_of(board, "wall")).status_code == 200
    assert Guest.objects.count() == 0


def test_they_read_what_all_read_in_every_view(board: Board, looking_on: Client):
    add_note(board, join(board, "Kari", "business"), "Kurs om kvelden")
    for name in ("wall", "canvas", "list", "table", "summary", "export", "drawing", "since"):
        assert "Kurs om kvelden" in looking_on.get(page_of(board, name)).content.decode()


def test_nothing_is_offered_that_they_may_not_do(board: Board, looking_on: Client):
    add_note(board, join(board, "Kari", "business"), "Kurs")
    for name in ("wall", "list", "canvas"):
        page = looking_on.get(page_of(board, name)).content.decode()
        assert [part for part in ("data-compose", 'data-act="move"', 'data-tool="note"') if part in page] == []


def test_they_write_by_no_door(board: Board, looking_on: Client):
    note = add_note(board, join(board, "Kari", "business"), "Kurs")
    of_note = {
        name: reverse(f"boards:{name}", kwargs={"public_id": note}) for name in ("change", "comment", "delete", "react")
    }
    answers = [looking_on.post(address, {"text": "Nei", "word": "agree"}).status_code for address in of_note.values()]
    answers.append(looking_on.post(page_of(board, "add"), {"text": "Nei", "inside": column_of(board)}).status_code)
    op = {"id": "s" * 16, "kind": "add", "item": "a" * 10, "what": "note", "text": "Nei", "inside": column_of(board)}
    body = json.dumps({"ops": [op]})
    answers.append(looking_on.post(page_of(board, "do"), body, content_type="application/json").status_code)
    assert set(answers) == {403}
    assert list(board.items.filter(kind=ItemKind.NOTE).values_list("text", flat=True)) == ["Kurs"]


def test_what_is_hidden_is_hidden_from_them_too(workshop: Board, go_to: Callable[[Board, PhaseKind], None]):
    screen = Client()
    screen.post(link_of(workshop))
    kari = join(workshop, "Kari", "business")
    go_to(workshop, PhaseKind.WRITE)
    add_note(workshop, kari, "Kanarifugl")
    for name in ("wall", "list", "table", "summary", "since", "drawing", "export"):
        assert "Kanarifugl" not in screen.get(page_of(workshop, name)).content.decode()


def test_the_link_of_one_board_opens_no_other_and_a_wrong_one_nothing(
    board: Board, workshop: Board, looking_on: Client
):
    assert looking_on.get(page_of(workshop, "wall")).status_code in (302, 403)
    secret = spectators_secret(board)
    for wrong in (secret[:-1], f"{workshop.public_id}{secret[10:]}", "x", "æ-æ"):
        assert Client().post(f"/tavler/se/{wrong}").status_code == 404


def test_in_the_socket_they_are_spectators_whatever_they_ask_for(board: Board):
    who = who_on(board, Viewer(holds=frozenset({spectator_of(board)})))
    assert who == Who(ref="", name="", sector="", is_leading=False, is_spectator=True)


def test_who_takes_part_as_well_takes_part(board: Board, device_of: Callable[[Who], Client]):
    kari = device_of(join(board, "Kari", "business"))
    kari.post(link_of(board))
    assert "data-compose" in kari.get(page_of(board, "list")).content.decode()


def test_only_the_one_who_leads_is_given_the_link(
    board: Board, coordinator_client: Client, device_of: Callable[[Who], Client]
):
    assert spectators_secret(board) in coordinator_client.get(page_of(board, "spectators")).content.decode()
    assert device_of(join(board, "Kari")).get(page_of(board, "spectators")).status_code == 403
