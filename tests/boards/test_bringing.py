"""Notes brought in from a table: looked through row by row, each once on the board, and every fault told."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompetanse.board import ItemKind, PhaseKind
from kompetanseforum.boards.imports import MOST_NOTES
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, column_of, join, page_of

pytestmark = pytest.mark.django_db


def choose(board: Board, client: Client, content: bytes, name: str = "lapper.csv") -> tuple[int, str]:
    answer = client.post(page_of(board, "bring"), {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, html.unescape(answer.content.decode())


def put(board: Board, client: Client, page: str) -> None:
    """The form as it stands on the page."""
    values = {name: re.search(rf'name="{name}" value="([^>]*)"', page) for name in ("rows", "sending_key")}
    client.post(page_of(board, "bring"), {name: found[1] for name, found in values.items() if found})


def notes_on(board: Board) -> list[tuple[str, str]]:
    """(heading of the column, text)"""
    headings = dict(board.items.filter(kind=ItemKind.COLUMN).values_list("public_id", "text"))
    rows = board.items.filter(kind=ItemKind.NOTE, is_deleted=False).order_by("seq")
    return [(headings[inside], text) for inside, text in rows.values_list("inside", "text")]


@pytest.mark.slow
def test_a_note_a_row_under_the_column_that_is_told_else_the_first(board: Board, coordinator_client: Client):
    table = "Lapp;Kolonne\nKurs på kveldstid;spørsmål\n\nLån av verksted;\nHvem betaler?;Spørsmål\n"
    status, page = choose(board, coordinator_client, table.encode())
    assert (status, notes_on(board)) == (200, [])  # nothing stands there before it has been looked through
    put(board, coordinator_client, page)
    assert notes_on(board) == [
        ("Spørsmål", "Kurs på kveldstid"),
        ("Ideer", "Lån av verksted"),
        ("Spørsmål", "Hvem betaler?"),
    ]


def test_the_same_form_sent_twice_brings_them_once(board: Board, coordinator_client: Client):
    _status, page = choose(board, coordinator_client, b"Lapp\nEn\nTo\n")
    for _ in range(2):
        put(board, coordinator_client, page)
    assert [text for _heading, text in notes_on(board)] == ["En", "To"]


@pytest.mark.slow
def test_rows_that_cannot_be_used_are_told_one_by_one_and_left_out(board: Board, coordinator_client: Client):
    table = f"tekst,kolonne\nGod,Ideer\n,Ideer\n{'x' * 501},Ideer\nHjemløs,Finnes ikke\n"
    _status, page = choose(board, coordinator_client, table.encode())
    assert "3 rader er utelatt" in page
    told = (
        "Rad 3, kolonnen «Lapp»",
        "Rad 4, kolonnen «Lapp»",
        "under 500 tegn",
        "Rad 5, kolonnen «Kolonne»",
        "«Finnes ikke»",
    )
    assert [words for words in told if words not in page] == []
    put(board, coordinator_client, page)
    assert notes_on(board) == [("Ideer", "God")]


def test_a_plain_list_without_headings_is_taken_from_its_first_row(board: Board, coordinator_client: Client):
    _status, page = choose(board, coordinator_client, "Første idé\nAndre idé\n".encode("cp1252"))
    put(board, coordinator_client, page)
    assert [text for _heading, text in notes_on(board)] == ["Første idé", "Andre idé"]


@pytest.mark.alike
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_made_the_file_its_letters_are_right(board: Board, coordinator_client: Client, encoding: str):
    _status, page = choose(board, coordinator_client, "Lapp\nKjøre båt på Øyeren\n".encode(encoding))
    put(board, coordinator_client, page)
    assert [text for _heading, text in notes_on(board)] == ["Kjøre båt på Øyeren"]


@pytest.mark.alike
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\x02\x89PNG\r\n\x1a\n" * 20, "ikke en tabell"),
        (b"Lapp\n" + b"x" * (10 * 1024 * 1024), "større enn 10 MB"),
        (b"Lapp\n", "ingen rader"),
        (b'Lapp\n"uten slutt\nmer\n', "anførselstegn"),
        (b"Lapp\n" + b"en\n" * (MOST_NOTES + 1), f"flere enn {MOST_NOTES} rader"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why_and_what_to_do(
    board: Board, coordinator_client: Client, content: bytes, words: str
):
    status, page = choose(board, coordinator_client, content)
    assert (status, notes_on(board)) == (422, [])
    assert words.casefold() in page.casefold()


@pytest.mark.parametrize(
    "rows",
    ["", "[", "{}", "7", '[["a"]]', "[[1,2]]", '[["0000000000","x"]]', json.dumps([["", "x" * 501]]), "[" * 9999],
)
def test_hostile_rows_bring_nothing_and_break_nothing(board: Board, coordinator_client: Client, rows: str):
    answer = coordinator_client.post(page_of(board, "bring"), {"rows": rows, "sending_key": "h" * 200})
    assert (answer.status_code, notes_on(board)) == (302, [])


def test_a_cell_that_a_spreadsheet_would_calculate_goes_out_guarded_and_comes_in_as_it_was(
    board: Board, coordinator_client: Client, leader: Who
):
    add_note(board, leader, "=1+1")
    table = coordinator_client.get(page_of(board, "export")).content
    assert b"'=1+1" in table
    _status, page = choose(board, coordinator_client, table)
    put(board, coordinator_client, page)
    assert [text for _heading, text in notes_on(board)] == ["=1+1", "=1+1"]


def test_only_the_one_who_leads_brings_notes_in(board: Board, device_of: Callable[[Who], Client]):
    guest = device_of(join(board, "Kari"))
    sent = {"rows": json.dumps([[column_of(board), "Nei"]]), "sending_key": "n1n1n1n1"}
    assert (guest.post(page_of(board, "bring"), sent).status_code, notes_on(board)) == (403, [])


def test_in_a_phase_where_nothing_is_added_nothing_is_brought_in_and_why_is_told(
    workshop: Board, coordinator_client: Client, go_to: Callable[[Board, PhaseKind], None]
):
    _status, page = choose(workshop, coordinator_client, b"Lapp\nEn\n")
    go_to(workshop, PhaseKind.VOTE)
    put(workshop, coordinator_client, page)
    assert notes_on(workshop) == []
    assert "ikke åpent i denne fasen" in coordinator_client.get(page_of(workshop, "wall")).content.decode()
