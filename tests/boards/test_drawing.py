"""The canvas as a drawing: everything that stands there, where it stands, and nothing that may not be seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.test import Client
from pypdf import PdfReader

from kompetanse.board import Item, ItemKind, OpKind, PhaseKind
from kompetanse.board.layout import GAP, HEAD, NOTE_WIDTH, Box, joined, placed
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.paper import can_make_pdf
from tests.boards.conftest import add_note, column_of, do, join, page_of

SVG = "{http://www.w3.org/2000/svg}"


def words_in(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [" ".join(part.text or "" for part in text.iter(f"{SVG}tspan")) for text in root.iter(f"{SVG}text")]


@pytest.mark.django_db
def test_everything_on_the_canvas_stands_in_it(board: Board, leader: Who, coordinator_client: Client):
    one = add_note(board, leader, "Kurs <på> kveldstid & helg")
    other = add_note(board, leader, "Lån av verksted", column=1)
    do(board, leader, OpKind.ADD, "", what=ItemKind.TEXT, text="Fri tekst", inside=column_of(board))
    do(board, leader, OpKind.ADD, "", what=ItemKind.SHAPE, look="diamond", text="Valg", x=900, y=900, w=120, h=90)
    do(board, leader, OpKind.ADD, "", what=ItemKind.CONNECTOR, path=f"{one}>{other}")
    do(board, leader, OpKind.ADD, "", what=ItemKind.INK, path="0,0 10,12 30,8", x=0, y=900, w=40, h=20)
    answer = coordinator_client.get(page_of(board, "drawing"))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "attachment" in answer.headers["Content-Disposition"]
    wanted = {"Ideer", "Spørsmål", "Kurs <på> kveldstid & helg", "Lån av verksted", "Fri tekst", "Valg"}
    assert wanted - {words.replace("  ", " ") for words in words_in(answer.content)} == set()
    paths = [path.get("d", "") for path in ElementTree.fromstring(answer.content).iter(f"{SVG}path")]
    # The diamond, the connector and its head, and the stroke.
    assert len(paths) == 4


@pytest.mark.django_db
def test_a_connector_to_what_was_taken_away_is_not_drawn(board: Board, leader: Who, coordinator_client: Client):
    one, other = add_note(board, leader, "En"), add_note(board, leader, "To")
    do(board, leader, OpKind.ADD, "", what=ItemKind.CONNECTOR, path=f"{one}>{other}")
    do(board, leader, OpKind.DELETE, other)
    assert b"<path" not in coordinator_client.get(page_of(board, "drawing")).content


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["drawing", *(["drawing_paper"] if can_make_pdf() else [])])
def test_what_is_hidden_stands_in_its_authors_drawing_alone(
    workshop: Board,
    go_to: Callable[[Board, PhaseKind], None],
    coordinator_client: Client,
    device_of: Callable[[Who], Client],
    name: str,
):
    kari = join(workshop, "Kari", "business")
    go_to(workshop, PhaseKind.WRITE)
    add_note(workshop, kari, "Kanarifugl")

    def words(client: Client) -> str:
        content = client.get(page_of(workshop, name)).content
        is_paper = content.startswith(b"%PDF")
        return PdfReader(io.BytesIO(content)).pages[0].extract_text() if is_paper else content.decode()

    assert ("Kanarifugl" in words(coordinator_client), "Kanarifugl" in words(device_of(kari))) == (False, True)


@pytest.mark.django_db
def test_letters_that_no_drawing_can_hold_do_not_break_it(board: Board, coordinator_client: Client, leader: Who):
    add_note(board, leader, "før\x0bmellom\x1fetter")
    words = words_in(coordinator_client.get(page_of(board, "drawing")).content)
    assert "førmellometter" in words


def an_item(name: str, kind: ItemKind, inside: str = "", **values: object) -> Item:
    return Item(id=name, kind=kind, inside=inside, rank=name, **values)  # type: ignore[arg-type]


def test_frames_stand_side_by_side_and_notes_in_them_do_not_lie_on_each_other():
    items = [an_item(f"k{n}", ItemKind.COLUMN) for n in range(3)]
    items += [an_item(f"n{n:02}", ItemKind.NOTE, f"k{n % 3}", text="x" * (n * 17 % 400 + 1)) for n in range(60)]
    boxes = placed(items)
    frames = [boxes[f"k{n}"] for n in range(3)]
    assert all(one.x + one.w < other.x for one, other in pairwise(frames))
    notes = [(item.inside, boxes[item.id]) for item in items if item.kind == ItemKind.NOTE]
    assert all(lies_in(box, boxes[frame]) for frame, box in notes)
    assert not any(meet(one, other) for n, (_f, one) in enumerate(notes) for _g, other in notes[n + 1 :])


def lies_in(box: Box, frame: Box) -> bool:
    return frame.x <= box.x and box.x + box.w <= frame.x + frame.w and box.y + box.h <= frame.y + frame.h


def meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )


def test_what_was_given_a_place_lies_there_counted_from_its_frame():
    frame = an_item("a", ItemKind.COLUMN, x=1000, y=500, w=600, h=400)
    boxes = placed([frame, an_item("b", ItemKind.NOTE, "a", text="Her", x=40, y=80, w=200, h=90)])
    assert boxes["b"] == Box(1040, 580, 200, 90)


def test_the_first_note_of_a_frame_lies_under_its_heading():
    boxes = placed([an_item("a", ItemKind.COLUMN), an_item("b", ItemKind.NOTE, "a", text="Her")])
    assert (boxes["b"].x, boxes["b"].y, boxes["a"].w >= NOTE_WIDTH) == (GAP, HEAD, True)


def test_a_connector_goes_from_edge_to_edge():
    assert joined(Box(0, 0, 100, 50), Box(300, 0, 100, 50)) == ((100, 25), (300, 25))
    assert joined(Box(0, 0, 10, 10), Box(0, 0, 10, 10)) == ((5, 5), (5, 5))
