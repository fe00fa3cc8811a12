"""Looked at first, reported, said in one word, and files: who sees what, and that what goes is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompetanse.board import ItemKind, OpKind, PhaseKind, Refusal
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import say, set_board
from kompetanseforum.boards.models import Board, BoardOp, File, Item, Report
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, do, join, page_of
from tests.boards.test_log import rows_equal_the_log
from tests.boards.test_pages import note_page

pytestmark = pytest.mark.django_db
CANARY = "Kanarifugl"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def watched(board: Board, person: Person) -> Board:
    set_board(board=board, by=person, approves_first=True)
    return board


def everything_sent(client: Client, board: Board) -> str:
    pages = [client.get(page_of(board, name)) for name in ("wall", "canvas", "list", "table", "export")]
    return "".join(page.content.decode() for page in [*pages, client.get(page_of(board, "since") + "?seq=0")])


@pytest.mark.slow
def test_what_waits_never_leaves_the_server_to_others_and_does_when_it_is_let_through(
    watched: Board, device_of: Callable[[Who], Client], coordinator_client: Client
):
    kari, ola = join(watched, "Kari"), join(watched, "Ola")
    note = add_note(watched, kari, CANARY)
    assert CANARY in device_of(kari).get(page_of(watched)).content.decode()
    assert CANARY not in everything_sent(device_of(ola), watched)
    assert device_of(ola).get(note_page(note)).status_code == 404
    assert CANARY in coordinator_client.get(page_of(watched, "waiting")).content.decode()
    coordinator_client.post(note_page(note, "approve"))
    assert CANARY in everything_sent(device_of(ola), watched)
    rows_equal_the_log(watched)


def test_a_new_phase_shows_nothing_that_waits(
    workshop: Board, person: Person, go_to: Callable[[Board, PhaseKind], None], device_of: Callable[[Who], Client]
):
    set_board(board=workshop, by=person, approves_first=True)
    go_to(workshop, PhaseKind.WRITE)
    kari, ola = join(workshop, "Kari"), join(workshop, "Ola")
    add_note(workshop, kari, CANARY)
    go_to(workshop, PhaseKind.SHOW)
    assert CANARY not in everything_sent(device_of(ola), workshop)
    rows_equal_the_log(workshop)


def test_what_was_let_through_is_not_changed_into_something_else(watched: Board, coordinator_client: Client):
    kari = join(watched, "Kari")
    note = add_note(watched, kari, "Pent sagt")
    coordinator_client.post(note_page(note, "approve"))
    base = Item.objects.get(public_id=note).text_seq
    assert do(watched, kari, OpKind.EDIT, note, text="Stygt sagt", base=base).refusal == Refusal.APPROVED


def test_a_participant_lets_nothing_through(watched: Board, device_of: Callable[[Who], Client]):
    kari = join(watched, "Kari")
    note = add_note(watched, kari, "Meg selv")
    assert device_of(kari).post(note_page(note, "approve")).status_code == 403
    assert do(watched, kari, OpKind.APPROVE, note).refusal == Refusal.NOT_NOW


def test_a_note_is_reported_once_a_person_and_the_leader_is_told_why(
    board: Board, device_of: Callable[[Who], Client], coordinator_client: Client
):
    note = add_note(board, join(board, "Kari"), "Noen heter noe")
    ola = device_of(join(board, "Ola"))
    for reason in ("Navn", "Et navn står her"):
        ola.post(note_page(note, "report"), {"reason": reason})
    assert [report.reason for report in Report.objects.all()] == ["Et navn står her"]
    assert "Et navn står her" in coordinator_client.get(page_of(board, "waiting")).content.decode()
    assert "Et navn står her" not in ola.get(note_page(note)).content.decode()
    coordinator_client.post(note_page(note, "settle"))
    assert "Et navn står her" not in coordinator_client.get(page_of(board, "waiting")).content.decode()


def test_one_word_a_person_taken_back_by_saying_it_again(board: Board, device_of: Callable[[Who], Client]):
    kari, ola = join(board, "Kari"), join(board, "Ola")
    note = Item.objects.get(public_id=add_note(board, kari, "Ti kvelder"))
    for who in (kari, ola, ola, ola):
        assert say(item=note, word="agree", who=who).refusal is None
    assert "2 enig" in device_of(kari).get(page_of(board)).content.decode()
    say(item=note, word="agree", who=ola)
    assert "1 enig" in device_of(kari).get(page_of(board)).content.decode()
    assert say(item=note, word="🙂", who=ola).refusal == Refusal.MALFORMED
    rows_equal_the_log(board)


def attach(client: Client, note: str, content: bytes, *, words: str = "Hallen", name: str = "hall.png") -> int:
    file = SimpleUploadedFile(name, content, content_type="image/png")
    return client.post(note_page(note, "attach"), {"file": file, "words": words}).status_code


def test_a_picture_with_words_is_shown_to_those_who_were_there_and_gone_with_the_note(
    board: Board, device_of: Callable[[Who], Client]
):
    kari, ola = join(board, "Kari"), join(board, "Ola")
    note = add_note(board, kari, "Slik ser det ut")
    assert attach(device_of(kari), note, PNG) == 302
    item, file = Item.objects.get(kind=ItemKind.FILE), File.objects.get()
    shown = device_of(ola).get(note_page(item.public_id, "file"))
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", PNG)
    assert Client().get(note_page(item.public_id, "file")).status_code != 200
    device_of(kari).post(note_page(note, "erase"))
    assert not default_storage.exists(file.stored_as)
    assert device_of(ola).get(note_page(item.public_id, "file")).status_code == 404
    assert not BoardOp.objects.filter(payload__text="Hallen").exists()
    rows_equal_the_log(board)


@pytest.mark.alike
@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"", PNG + b"\0" * (8 * 1024 * 1024)]
)
def test_what_is_no_picture_or_pdf_or_too_large_is_not_kept(
    board: Board, device_of: Callable[[Who], Client], content: bytes
):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Lapp")
    assert attach(device_of(kari), note, content) == 422
    assert not File.objects.exists()


def test_a_picture_without_words_is_asked_for_them(board: Board, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Lapp")
    assert attach(device_of(kari), note, PNG, words=" ") == 422
    assert not File.objects.exists()


def test_a_hidden_notes_picture_is_hidden(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], device_of: Callable[[Who], Client]
):
    go_to(workshop, PhaseKind.WRITE)
    kari, ola = join(workshop, "Kari"), join(workshop, "Ola")
    note = add_note(workshop, kari, "Hemmelig")
    attach(device_of(kari), note, PNG)
    item = Item.objects.get(kind=ItemKind.FILE)
    assert device_of(kari).get(note_page(item.public_id, "file")).status_code == 200
    assert device_of(ola).get(note_page(item.public_id, "file")).status_code == 404
