"""A text written together: paragraphs on a board, in the same engine, log and erasure as notes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from kompetanse.board import ItemKind, OpKind, Refusal, paragraphs_in
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import open_board, set_board
from kompetanseforum.boards.models import Board, BoardOp
from kompetanseforum.boards.queries.log import replayed, value_of
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, column_of, do, join, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(person: Person) -> Board:
    return open_board(title="Referat fra Halden", pattern=pattern_called("shared_text"), by=person)


def texts_on(board: Board) -> list[str]:
    rows = board.items.filter(kind=ItemKind.NOTE, is_deleted=False, inside=column_of(board))
    return list(rows.order_by("rank", "public_id").values_list("text", flat=True))


def test_what_is_written_in_one_go_becomes_paragraphs_and_the_form_sent_twice_adds_them_once(
    minutes: Board, device_of: Callable[[Who], Client]
):
    kari = device_of(join(minutes, "Kari", "business"))
    sent = {
        "text": "Første avsnitt.\r\n\r\nAndre avsnitt.\nMed to linjer.",
        "inside": column_of(minutes),
        "op_id": "t1t1t1t1",
    }
    for _ in range(2):
        assert kari.post(page_of(minutes, "add_paragraphs"), sent).status_code == 302
    assert texts_on(minutes) == ["Første avsnitt.", "Andre avsnitt.\nMed to linjer."]


def test_everybody_changes_every_paragraph_and_nobody_overwrites_what_is_newer(minutes: Board):
    kari, ola = join(minutes, "Kari"), join(minutes, "Ola")
    paragraph = add_note(minutes, kari, "Vi ble enige.")
    base = minutes.items.get(public_id=paragraph).text_seq
    assert do(minutes, ola, OpKind.EDIT, paragraph, text="Vi ble ikke enige.", base=base).refusal is None
    late = do(minutes, kari, OpKind.EDIT, paragraph, text="Vi ble enige om alt.", base=base)
    assert late.refusal == Refusal.CONFLICT
    assert texts_on(minutes) == ["Vi ble ikke enige."]


def test_on_a_wall_somebody_elses_note_is_not_ones_own_to_change(board: Board):
    kari, ola = join(board, "Kari"), join(board, "Ola")
    note = add_note(board, kari, "Karis lapp")
    base = board.items.get(public_id=note).text_seq
    assert do(board, ola, OpKind.EDIT, note, text="Olas", base=base).refusal == Refusal.NOT_NOW


def test_nobody_but_its_author_erases_a_paragraph_and_then_it_is_out_of_the_log_too(minutes: Board):
    kari, ola = join(minutes, "Kari"), join(minutes, "Ola")
    paragraph = add_note(minutes, kari, "Kanarifugl")
    assert do(minutes, ola, OpKind.ERASE, paragraph).refusal == Refusal.NOT_NOW
    assert do(minutes, kari, OpKind.ERASE, paragraph).refusal is None
    assert not [op for op in BoardOp.objects.filter(board=minutes) if "Kanarifugl" in f"{op.payload}{op.was}"]
    rows = {row.public_id: value_of(row) for row in minutes.items.all()}
    assert rows == replayed(minutes)


def test_a_paragraph_is_put_before_another_by_a_form(minutes: Board, device_of: Callable[[Who], Client]):
    kari = join(minutes, "Kari")
    first, _second, third = (add_note(minutes, kari, text) for text in ("En", "To", "Tre"))
    address = reverse("boards:move", kwargs={"public_id": third})
    device = device_of(kari)
    assert f'<option value="{first}">En</option>' in device.get(address).content.decode()
    device.post(address, {"inside": column_of(minutes), "before": first})
    assert texts_on(minutes) == ["Tre", "En", "To"]


def test_one_comes_in_to_the_text_and_a_wall_has_none(minutes: Board, board: Board):
    phone = Client()
    answer = phone.post(page_of(minutes, "enter"), {"alias": "Siv", "sector": ""})
    assert answer.headers["Location"] == page_of(minutes, "text")
    phone.post(page_of(board, "enter"), {"alias": "Siv", "sector": ""})
    assert page_of(board, "text") not in phone.get(page_of(board, "list")).content.decode()


def test_when_it_is_locked_nobody_writes_on(minutes: Board, person: Person, device_of: Callable[[Who], Client]):
    kari = join(minutes, "Kari")
    set_board(board=minutes, by=person, is_locked=True)
    device_of(kari).post(page_of(minutes, "add_paragraphs"), {"text": "Nei", "inside": column_of(minutes)})
    assert texts_on(minutes) == []


def test_the_document_holds_the_text_as_a_text(minutes: Board, coordinator_client: Client):
    kari = join(minutes, "Kari", "business")
    add_note(minutes, kari, "Vi ble enige om å prøve.", column=1)
    file = Document(io.BytesIO(coordinator_client.get(page_of(minutes, "document")).content))
    lines = [(each.style.name if each.style else "", each.text) for each in file.paragraphs]
    assert ("Heading 1", "Dette ble vi enige om") in lines
    assert ("Normal", "Vi ble enige om å prøve.") in lines


@pytest.mark.alike
@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        ("  Første\nlinje to\r\n\r\nAndre \n \n\n", 500, ["Første\nlinje to", "Andre"]),
        ("En setning. To setninger! Tre?", 14, ["En setning.", "To setninger!", "Tre?"]),
        ("abcdefghij klm", 6, ["abcdef", "ghij", "klm"]),
        (" \n\n ", 500, []),
    ],
)
def test_a_text_is_parted_as_the_browser_parts_it(text: str, most: int, parts: list[str]):
    """The same examples stand in frontend/src/board/paragraphs.test.ts."""
    assert paragraphs_in(text, most=most) == parts
