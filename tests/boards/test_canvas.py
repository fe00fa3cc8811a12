"""What lies on the canvas: places, shapes, connectors, strokes; and that the list reaches all of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from kompetanse.board import ItemKind, OpKind, Refusal
from kompetanseforum.boards.actions import undo, write
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import a_wish, add_note, column_of, do, join, page_of
from tests.boards.test_log import rows_equal_the_log
from tests.boards.test_pages import note_page

pytestmark = pytest.mark.django_db


def place_of(public_id: str) -> tuple[int, int, int, int]:
    row = Item.objects.get(public_id=public_id)
    return row.x, row.y, row.w, row.h


def test_a_note_is_placed_and_the_place_taken_back(board: Board):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Ti kvelder")
    first = do(board, kari, OpKind.PLACE, note, x=16, y=64, w=208, h=106)
    second = do(board, kari, OpKind.PLACE, note, x=-40, y=900, w=208, h=106)
    assert (first.refusal, place_of(note)) == (None, (-40, 900, 208, 106))
    assert undo(board=board, seq=second.seq, who=kari, op_id="undo-00000001").refusal is None
    assert place_of(note) == (16, 64, 208, 106)
    rows_equal_the_log(board)


def test_moved_on_the_wall_it_has_no_place_in_the_new_frame_and_gets_its_old_one_back(board: Board):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Ti kvelder")
    do(board, kari, OpKind.PLACE, note, x=16, y=64, w=208, h=106)
    moved = do(board, kari, OpKind.MOVE, note, inside=column_of(board, 1))
    assert place_of(note) == (0, 0, 0, 0)
    undo(board=board, seq=moved.seq, who=kari, op_id="undo-00000002")
    assert (Item.objects.get(public_id=note).inside, place_of(note)) == (column_of(board, 0), (16, 64, 208, 106))


@pytest.mark.parametrize(
    "values",
    [
        {"what": ItemKind.SHAPE, "look": "star"},
        {"what": ItemKind.SHAPE, "path": "1,1 2,2"},
        {"what": ItemKind.CONNECTOR, "path": "nonsense"},
        {"what": ItemKind.INK, "path": "1,1 <script>"},
        {"what": ItemKind.INK},
        {"what": ItemKind.NOTE, "text": "x", "file": "0000000000"},
        {"what": ItemKind.FILE, "text": "x"},
    ],
)
def test_what_is_drawn_has_the_form_of_its_kind_or_is_refused(board: Board, values: dict[str, object]):
    inside = "" if values["what"] in (ItemKind.CONNECTOR, ItemKind.INK) else column_of(board)
    assert write(board, a_wish(OpKind.ADD, inside=inside, **values), join(board, "Kari")).refusal == Refusal.MALFORMED


def test_only_the_one_who_leads_moves_a_frame(board: Board, leader: Who):
    frame = column_of(board)
    assert do(board, join(board, "Kari"), OpKind.PLACE, frame, x=0, y=0, w=400, h=400).refusal == Refusal.NOT_NOW
    assert do(board, leader, OpKind.PLACE, frame, x=0, y=0, w=400, h=400).refusal is None


def test_the_list_draws_names_changes_moves_and_takes_away(
    board: Board, device_of: Callable[[Who], Client], leader: Who
):
    kari = join(board, "Kari")
    phone = device_of(kari)
    one, other = add_note(board, kari, "Fra her"), add_note(board, kari, "Til dit", column=1)
    phone.post(page_of(board, "draw"), {"what": "ellipse", "text": "Enige", "frame": column_of(board)})
    phone.post(page_of(board, "draw"), {"what": "arrow", "text": "", "one": one, "other": other})
    shape, arrow = Item.objects.get(kind=ItemKind.SHAPE), Item.objects.get(kind=ItemKind.CONNECTOR)
    assert (shape.look, shape.text, arrow.path) == ("ellipse", "Enige", f"{one}>{other}")
    page = re.sub(r"\s+", " ", phone.get(page_of(board)).content.decode())
    assert "Ellipse: Enige" in page
    assert note_page(shape.public_id) in page
    phone.post(note_page(shape.public_id, "place"), {"look": "diamond"})
    phone.post(note_page(shape.public_id, "place"), {"x": "40", "y": "-8", "w": "300", "h": "200"})
    phone.post(note_page(shape.public_id, "place"), {"x": "40", "y": "mange", "w": "300", "h": "1"})
    shape.refresh_from_db()
    assert (shape.look, place_of(shape.public_id)) == ("diamond", (40, -8, 300, 200))
    phone.post(note_page(shape.public_id, "delete"))
    shape.refresh_from_db()
    assert shape.is_deleted
    rows_equal_the_log(board)


# Every operation there is → where the list has it, by a form or a link that needs no dragging: a page, and what stands in it.
_IN_THE_LIST = {
    OpKind.ADD: ("list", "/skriv"),
    OpKind.EDIT: ("note", "/endre"),
    OpKind.MOVE: ("list", "/flytt"),
    OpKind.DELETE: ("note", "/slett"),
    OpKind.RESTORE: ("after deleting", "/angre/"),
    OpKind.MERGE: ("note", "/sla-sammen"),
    OpKind.PART: ("merged", "/skill"),
    OpKind.PLACE: ("note", "/plasser"),
    OpKind.LOOK: ("shape", 'name="look"'),
    OpKind.HOLD: ("note", "/ta-ned"),
    OpKind.RELEASE: ("held", "/sett-tilbake"),
    OpKind.APPROVE: ("waiting", "/slipp-fram"),
    OpKind.ERASE: ("note", "/slett-for-godt"),
}
# A file has its own form, a comment and a reaction stand on the note; a frame is made with the board.
_ADDED_BY = {
    ItemKind.NOTE: ("list", "/skriv"),
    ItemKind.GROUP: ("list", 'value="group"'),
    ItemKind.COMMENT: ("note", "/kommenter"),
    ItemKind.REACTION: ("note", "/si"),
    ItemKind.FILE: ("note", "/legg-ved"),
    ItemKind.TEXT: ("draw", 'value="text"'),
    ItemKind.SHAPE: ("draw", 'value="ellipse"'),
    ItemKind.CONNECTOR: ("draw", 'value="arrow"'),
}


@pytest.mark.slow
def test_every_action_there_is_stands_in_the_list_or_one_step_from_it(
    board: Board, leader: Who, coordinator_client: Client
):
    kari = join(board, "Kari")
    note, same, held, gone = (add_note(board, kari, text) for text in ("Lapp", "Det samme", "Holdt", "Borte"))
    do(board, leader, OpKind.MERGE, same, into=note)
    do(board, leader, OpKind.HOLD, held, reason="Navn")
    shape = a_wish(OpKind.ADD, what=ItemKind.SHAPE, inside=column_of(board))
    write(board, shape, leader)
    Board.objects.filter(pk=board.pk).update(approves_first=True)
    add_note(board, kari, "Venter")
    deleted = coordinator_client.post(note_page(gone, "delete"), follow=True)
    pages = {
        "list": coordinator_client.get(page_of(board)),
        "note": coordinator_client.get(note_page(note)),
        "merged": coordinator_client.get(note_page(note)),
        "held": coordinator_client.get(note_page(held)),
        "shape": coordinator_client.get(note_page(shape.item)),
        "draw": coordinator_client.get(page_of(board, "draw")),
        "waiting": coordinator_client.get(page_of(board, "waiting")),
        "after deleting": deleted,
    }
    found = {name: page.content.decode() for name, page in pages.items()}
    # And each of these pages is linked to from the list.
    assert all(address in found["list"] for address in (note_page(note), note_page(shape.item), page_of(board, "draw")))
    assert set(_IN_THE_LIST) == set(OpKind)
    assert [kind for kind, (page, what) in _IN_THE_LIST.items() if what not in found[page]] == []
    # A stroke is drawn by the hand alone; what it says, where it lies and that it goes is the list's as well.
    assert set(ItemKind) - set(_ADDED_BY) == {ItemKind.COLUMN, ItemKind.INK}
    assert [kind for kind, (page, what) in _ADDED_BY.items() if what not in found[page]] == []
