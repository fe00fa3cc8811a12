"""Everything a board does, by pages and forms alone: no script, no dragging, no account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kompetanse.board import ItemKind, OpKind, PhaseKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import end_board, open_board, set_board
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.boards.queries.patterns import PATTERNS, Pattern
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, column_of, do, join, page_of

pytestmark = pytest.mark.django_db


def note_page(note: str, name: str = "note") -> str:
    return reverse(f"boards:{name}", kwargs={"public_id": note})


def notes_on(board: Board) -> list[str]:
    return list(board.items.filter(kind=ItemKind.NOTE, is_deleted=False).values_list("text", flat=True))


def test_in_by_the_link_with_a_name_and_writing(board: Board):
    phone = Client()
    answer = phone.post(page_of(board, "enter"), {"alias": "Siv", "sector": "education", "sending_key": "k1k1k1k1"})
    assert answer.headers["Location"] == page_of(board, "list")
    phone.post(page_of(board, "add"), {"text": "Ti kvelder", "inside": column_of(board)})
    row = board.items.get(kind=ItemKind.NOTE)
    assert (row.text, row.sector) == ("Ti kvelder", "education")
    assert "Utdanning, din lapp" in re.sub(r"\s+", " ", phone.get(page_of(board)).content.decode())


def test_the_same_link_later_opens_ones_own_notes(board: Board):
    phone = Client()
    phone.post(page_of(board, "enter"), {"alias": "Siv", "sector": ""})
    assert phone.get(page_of(board, "enter")).headers["Location"] == page_of(board, "list")
    assert Guest.objects.filter(board=board).count() == 1


@pytest.mark.alike
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.key)
@pytest.mark.slow
def test_every_way_of_working_can_be_opened_filled_in_every_language(pattern: Pattern, language: str, person: Person):
    with translation.override(language):
        board = open_board(title="Tavle", pattern=pattern, by=person, with_examples=True)
        headings = dict(board.items.filter(kind=ItemKind.COLUMN).values_list("public_id", "text"))
        notes = list(board.items.filter(kind=ItemKind.NOTE).values_list("inside", "text"))
        assert [headings[inside] for inside, _text in notes] == [str(each) for each in pattern.columns]
        assert [text for _inside, text in notes] == [str(each) for each in pattern.examples]
    # In the language it was opened in, not another.
    if language != "en":
        with translation.override("en"):
            assert [text for _inside, text in notes] != [str(each) for each in pattern.examples]


def test_a_board_is_opened_empty_unless_one_asks_for_examples(coordinator_client: Client):
    for asked, notes in (({}, 0), ({"with_examples": "1"}, 3)):
        sent = {"title": "Tavle", "pattern": "open_wall"} | asked
        coordinator_client.post(reverse("boards:new"), sent)
        assert Board.objects.order_by("-pk")[0].items.filter(kind=ItemKind.NOTE).count() == notes


def test_in_by_the_code_as_people_type_it(board: Board):
    typed = board.code.lower().replace(" ", "  ")
    answer = Client().post(reverse("boards:boards"), {"code": typed})
    assert answer.headers["Location"] == page_of(board, "enter")


@pytest.mark.parametrize("typed", ["spjaroy 427", "SPJAEROEY427", "Spjäröy 427", "spjæro\u0308y 427"])
def test_in_by_a_code_typed_without_the_norwegian_letters(board: Board, typed: str):
    Board.objects.filter(pk=board.pk).update(code="SPJÆRØY 427")
    answer = Client().post(reverse("boards:boards"), {"code": typed})
    assert answer.headers["Location"] == page_of(board, "enter")
    for other in ("spjaroy 428", "jaroy 427", "427"):
        assert Client().post(reverse("boards:boards"), {"code": other}).status_code == 422


@pytest.mark.slow
def test_a_wrong_code_is_told_and_guessing_is_stopped(board: Board, limits: None, noon: datetime):
    guesser = Client()
    answers = [guesser.post(reverse("boards:boards"), {"code": f"GRAN {number}"}) for number in range(100, 125)]
    assert [answer.status_code for answer in answers[:20]] == [422] * 20
    assert answers[-1].status_code == 429
    assert guesser.post(reverse("boards:boards"), {"code": board.code}).status_code == 429


def test_an_ended_board_lets_nobody_new_in(board: Board, person: Person):
    end_board(board=board, by=person)
    answer = Client().post(page_of(board, "enter"), {"alias": "Sein"})
    assert "Tavla er avsluttet" in answer.content.decode()
    assert Client().post(reverse("boards:boards"), {"code": board.code}).status_code == 422
    assert not Guest.objects.filter(alias="Sein").exists()


def test_a_note_that_holds_nothing_or_too_much_comes_back_with_its_words(board: Board, coordinator_client: Client):
    empty = coordinator_client.post(page_of(board, "add"), {"text": "  ", "inside": column_of(board)})
    long = coordinator_client.post(page_of(board, "add"), {"text": "x" * 501, "inside": column_of(board)})
    assert (empty.status_code, long.status_code, notes_on(board)) == (422, 422, [])
    assert "x" * 501 in long.content.decode()


def test_the_same_form_sent_twice_is_one_note(board: Board, coordinator_client: Client):
    sent = {"text": "En gang", "inside": column_of(board), "op_id": "form00000001"}
    for _ in range(2):
        coordinator_client.post(page_of(board, "add"), sent)
    assert notes_on(board) == ["En gang"]


def test_moving_by_a_form_also_to_a_group_that_is_new(board: Board, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Start klokka 18")
    device_of(kari).post(note_page(note, "move"), {"inside": "new", "heading": "Kveld", "op_id": "form00000001"})
    group = board.items.get(kind=ItemKind.GROUP)
    assert (group.text, board.items.get(public_id=note).inside) == ("Kveld", group.public_id)


def test_a_stale_change_shows_both_and_keeps_both(board: Board, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Første")
    base = board.items.get(public_id=note).text_seq
    do(board, kari, OpKind.EDIT, note, text="Fra nettbrettet", base=base)
    phone = device_of(kari)
    answer = phone.post(note_page(note, "change"), {"text": "Fra telefonen", "base": str(base)})
    shown = answer.content.decode()
    assert (answer.status_code, "Fra nettbrettet" in shown, "Fra telefonen" in shown) == (422, True, True)
    phone.post(note_page(note, "change"), {"text": "Fra telefonen", "base": str(base), "keep_both": "1"})
    assert notes_on(board) == ["Fra nettbrettet", "Fra telefonen"]


def test_undo_by_the_button_of_the_message(board: Board, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Angre meg")
    phone = device_of(kari)
    page = phone.post(note_page(note, "delete"), follow=True).content.decode()
    address = re.search(r"/tavler/\w+/angre/\d+", page)
    assert notes_on(board) == []
    assert address
    phone.post(address[0])
    assert notes_on(board) == ["Angre meg"]


def test_a_note_taken_down_is_seen_by_none_until_it_is_put_back(
    board: Board, device_of: Callable[[Who], Client], coordinator_client: Client
):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Et navn som ikke skal stå")
    coordinator_client.post(note_page(note, "hold"), {"reason": "Navn på en person"})
    pages = [client.get(page_of(board)).content.decode() for client in (device_of(kari), coordinator_client)]
    assert [page for page in pages if "ikke skal stå" in page] == []
    coordinator_client.post(note_page(note, "release"))
    assert "ikke skal stå" in device_of(kari).get(page_of(board)).content.decode()


@pytest.mark.slow
def test_names_stand_on_notes_only_when_they_are_shown(board: Board, coordinator_client: Client, person: Person):
    add_note(board, join(board, "Kanari-Kari", "business"), "En")
    views = ("wall", "list", "table", "export")
    before = [coordinator_client.get(page_of(board, name)).content.decode() for name in views]
    set_board(board=board, by=person, names_are_shown=True)
    after = coordinator_client.get(page_of(board)).content.decode()
    assert ["Kanari" in page for page in before] == [False] * 4
    assert "Kanari-Kari" in after


def test_phases_begin_with_one_button_and_the_page_says_what_to_do(workshop: Board, coordinator_client: Client):
    assert "Neste: Skriv alene" in coordinator_client.get(page_of(workshop)).content.decode()
    coordinator_client.post(reverse("boards:phase", kwargs={"public_id": workshop.public_id, "number": 1}))
    page = coordinator_client.get(page_of(workshop)).content.decode()
    assert "Én tanke på hver lapp" in page
    assert "Neste: Vis alt" in page


def test_a_phase_begun_twice_keeps_its_clock(workshop: Board, coordinator_client: Client):
    address = reverse("boards:phase", kwargs={"public_id": workshop.public_id, "number": 1})
    coordinator_client.post(address)
    ends = workshop.phases.get(number=1).ends_at
    coordinator_client.post(address)
    assert workshop.phases.get(number=1).ends_at == ends


def test_writing_is_not_cut_off_when_the_time_is_up(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], device_of: Callable[[Who], Client]
):
    go_to(workshop, PhaseKind.WRITE)
    workshop.phases.filter(kind=PhaseKind.WRITE).update(ends_at="2020-01-01T00:00:00Z")
    kari = join(workshop, "Kari")
    assert "Tida er ute" in device_of(kari).get(page_of(workshop)).content.decode()
    assert add_note(workshop, kari, "Likevel")


def test_who_has_written_counts_also_what_is_hidden(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], coordinator_client: Client
):
    go_to(workshop, PhaseKind.WRITE)
    for sector in ("business", "business", "education"):
        add_note(workshop, join(workshop, "x", sector), "Noe")
    page = coordinator_client.get(page_of(workshop, "wall")).content.decode()
    counted = dict(re.findall(r'data-voice="(\w+)">(?:<span class="asked">)?([^<]+)', page))
    assert (counted["business"], counted["education"], counted["social_partner"]) == ("2", "1", "Ingen ennå")


def test_the_files_hold_what_stands_there(board: Board, leader: Who, coordinator_client: Client):
    add_note(board, leader, "=SUM(A1)")
    do(board, leader, OpKind.DELETE, add_note(board, leader, "Slettet"))
    csv = coordinator_client.get(page_of(board, "export")).content.decode()
    told = coordinator_client.get(page_of(board, "export") + "?format=json").json()
    assert "'=SUM(A1)" in csv
    assert [note["text"] for note in told["notes"]] == ["=SUM(A1)"]


def test_without_a_socket_a_script_sends_and_asks(board: Board, device_of: Callable[[Who], Client]):
    kari = join(board, "Kari")
    phone = device_of(kari)
    op = {"id": "op-00000001", "kind": "add", "item": "n000000000", "text": "Uten sokkel", "inside": column_of(board)}
    sent = phone.post(page_of(board, "do"), {"ops": [op, {"id": "op-2", "kind": "?"}]}, content_type="application/json")
    answers = {each["id"]: each for each in sent.json()["done"]}
    assert (answers["op-00000001"]["seq"] > 0, answers["op-2"]["no"]) == (True, "malformed")
    told = phone.get(page_of(board, "since") + f"?seq={answers['op-00000001']['seq'] - 1}").json()
    assert [(item["text"], item["mine"]) for item in told["items"]] == [("Uten sokkel", True)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["wall", "list", "table"])
def test_a_board_takes_as_many_queries_with_thirty_notes_as_with_one(
    board: Board, leader: Who, coordinator_client: Client, name: str
):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert coordinator_client.get(page_of(board, name)).status_code == 200
        return len(asked)

    add_note(board, leader, "En")
    one = queries()
    for number in range(29):
        add_note(board, leader, f"Lapp {number}", column=number % 3)
    assert queries() == one <= 20


def test_the_list_of_boards_takes_as_many_queries_with_three_as_with_one(
    board: Board, workshop: Board, coordinator_client: Client
):
    Board.objects.filter(pk=workshop.pk).delete()
    with CaptureQueriesContext(connection) as one:
        coordinator_client.get(reverse("boards:boards"))
    for number in range(2):
        Board.objects.create(title="x", code=f"X {number}", made_at=board.made_at)
    with CaptureQueriesContext(connection) as three:
        coordinator_client.get(reverse("boards:boards"))
    assert len(three) == len(one) <= 20


@pytest.mark.slow
def test_every_row_of_a_thousand_notes_is_there(board: Board, leader: Who, coordinator_client: Client):
    column = column_of(board)
    Item.objects.bulk_create(
        Item(
            board=board, kind="note", text=f"Lapp {number}", inside=column, rank=f"{number:08x}", revealed_seq=1,
            made_at=board.made_at,
        )
        for number in range(1000)
    )  # fmt: skip
    assert coordinator_client.get(page_of(board)).content.decode().count('data-kind="note"') == 1001  # and the pattern
