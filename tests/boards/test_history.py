"""The workshop as it was, and the way back: for all who were there, and never with what is erased, held or hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompetanse.board import ItemKind, OpKind, PhaseKind
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import RestoreRefusal, restore_board, undo
from kompetanseforum.boards.models import Board, BoardOp, Item
from kompetanseforum.boards.queries.history import moments_of, past
from kompetanseforum.boards.queries.log import replayed, value_of
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock
from tests.boards.conftest import add_note, column_of, do, join, page_of
from tests.boards.test_log import rows_equal_the_log

pytestmark = pytest.mark.django_db

CANARY = "KANARIFUGL 7391"


def number_of(board: Board) -> int:
    return Board.objects.get(pk=board.pk).seq


def standing(board: Board) -> dict[str, tuple[str, str, str]]:
    return {
        row.public_id: (row.text, row.inside, row.merged_into)
        for row in Item.objects.filter(board=board, is_deleted=False, is_erased=False)
    }


def test_the_way_back_makes_it_as_it_was_and_is_itself_undone(board: Board, leader: Who, person: Person):
    kari = join(board, "Kari", "business")
    one, two = add_note(board, kari, "Først"), add_note(board, kari, "Så")
    then, was = number_of(board), standing(board)
    do(board, leader, OpKind.MOVE, one, inside=column_of(board, 2))
    do(board, kari, OpKind.EDIT, two, text="Så, med andre ord", base=board.items.get(public_id=two).text_seq)
    do(board, leader, OpKind.MERGE, two, into=one)
    add_note(board, kari, "Etterpå")
    later = standing(board)

    before = restore_board(board=board, seq=then, by=person, op_id="restore-0001")
    assert standing(board) == was
    rows_equal_the_log(board)
    assert isinstance(before, int)
    restore_board(board=board, seq=before, by=person, op_id="restore-0002")
    assert standing(board) == later
    rows_equal_the_log(board)


def test_sent_twice_it_is_done_once(board: Board, leader: Who, person: Person):
    add_note(board, leader, "En")
    then = number_of(board)
    add_note(board, leader, "To")
    first = restore_board(board=board, seq=then, by=person, op_id="restore-0001")
    count = number_of(board)
    assert restore_board(board=board, seq=then, by=person, op_id="restore-0001") == first
    assert number_of(board) == count


def test_it_reaches_those_who_watch_as_any_other_change(board: Board, leader: Who, person: Person):
    note = add_note(board, leader, "En")
    then = number_of(board)
    do(board, leader, OpKind.DELETE, note)
    restore_board(board=board, seq=then, by=person, op_id="restore-0001")
    row = board.items.get(public_id=note)
    assert (row.is_deleted, row.seq > then + 1) == (False, True)


def test_what_is_erased_or_taken_down_does_not_come_back(board: Board, leader: Who, person: Person):
    kari = join(board, "Kari")
    erased, held = add_note(board, kari, CANARY), add_note(board, kari, "Ikke greit")
    then = number_of(board)
    do(board, kari, OpKind.ERASE, erased)
    do(board, leader, OpKind.HOLD, held, reason="Navn på en kollega")
    restore_board(board=board, seq=then, by=person, op_id="restore-0001")
    rows = {row.public_id: row for row in board.items.all()}
    assert (rows[erased].text, rows[erased].is_erased, rows[held].is_held) == ("", True, True)


def test_notes_that_are_hidden_stay_where_they_are(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], person: Person
):
    go_to(workshop, PhaseKind.WRITE)
    then = number_of(workshop)
    kari = join(workshop, "Kari")
    note = add_note(workshop, kari, CANARY)
    restore_board(board=workshop, seq=then, by=person, op_id="restore-0001")
    row = workshop.items.get(public_id=note)
    assert (row.is_deleted, row.revealed_seq, workshop.items.get(public_id=row.inside).is_deleted) == (False, 0, False)


def test_what_is_voted_on_stands_still(workshop: Board, go_to: Callable[[Board, PhaseKind], None], person: Person):
    go_to(workshop, PhaseKind.GROUP)
    add_note(workshop, join(workshop, "Kari"), "En")
    go_to(workshop, PhaseKind.VOTE)
    count = number_of(workshop)
    assert restore_board(board=workshop, seq=1, by=person, op_id="restore-0001") == RestoreRefusal.VOTING
    assert number_of(workshop) == count


@pytest.mark.parametrize("seq", [0, 10_000])
def test_a_number_that_never_was_is_refused(board: Board, person: Person, seq: int):
    assert restore_board(board=board, seq=seq, by=person, op_id="restore-0001") == RestoreRefusal.NO_SUCH_NUMBER


def write_with_pauses(board: Board, who: Who, texts: list[str]) -> list[str]:
    ids = []
    for number, text in enumerate(texts):
        with clock.at(clock.now() + timedelta(minutes=number + 1)):
            ids.append(add_note(board, who, text))
    return ids


def test_each_pause_is_a_moment_and_each_shows_what_stood_there(board: Board, leader: Who):
    first, _second = write_with_pauses(board, leader, ["En", "To"])
    with clock.at(clock.now() + timedelta(minutes=9)):
        do(board, leader, OpKind.DELETE, first)
    moments = moments_of(board)
    texts = []
    for place in range(1, len(moments) + 1):
        found = past(board, leader, place=place)
        assert found is not None
        texts.append([entry.text for entry in found.columns[0].entries])
    assert texts == [[], ["En"], ["En", "To"], ["To"]]
    last = past(board, leader, place=None)
    assert last is not None
    assert (last.is_now, last.later, last.earlier) == (True, None, moments[-2])


def test_every_earlier_version_equals_the_log_replayed_so_far(board: Board, leader: Who):
    kari = join(board, "Kari")
    seen = {}
    for number in range(6):
        note = add_note(board, kari, f"Lapp {number}", column=number % 3)
        if number % 2:
            do(board, leader, OpKind.MOVE, note, inside=column_of(board, 0))
        seen[number_of(board)] = {row.public_id: value_of(row) for row in board.items.all()}
    assert {seq: replayed(board, until=seq) for seq in seen} == seen


def everything(client: Client, board: Board) -> str:
    count = len(moments_of(board))
    address = page_of(board, "history")
    answers = [client.get(f"{address}?sted={place}") for place in range(1, count + 1)]
    assert [answer.status_code for answer in answers] == [200] * count
    return "".join(answer.content.decode() for answer in answers)


@pytest.mark.slow
def test_no_version_shows_what_is_hidden_erased_or_taken_down(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], leader: Who, device_of: Callable[[Who], Client]
):
    go_to(workshop, PhaseKind.WRITE)
    kari, ola = join(workshop, "Kari"), join(workshop, "Ola")
    note = add_note(workshop, kari, CANARY)
    assert CANARY in everything(device_of(kari), workshop)
    assert CANARY not in everything(device_of(ola), workshop)
    go_to(workshop, PhaseKind.SHOW)
    assert CANARY in everything(device_of(ola), workshop)
    do(workshop, leader, OpKind.HOLD, note, reason="x")
    assert CANARY not in everything(device_of(ola), workshop)
    do(workshop, leader, OpKind.RELEASE, note)
    do(workshop, kari, OpKind.ERASE, note)
    assert CANARY not in everything(device_of(ola), workshop)


@pytest.mark.slow
def test_the_page_steps_without_a_script_and_only_the_one_who_leads_goes_back(
    board: Board, leader: Who, coordinator_client: Client, device_of: Callable[[Who], Client]
):
    kari = join(board, "Kari")
    write_with_pauses(board, leader, ["En", "To"])
    address = page_of(board, "history")
    page = coordinator_client.get(f"{address}?sted=2").content.decode()
    assert set(re.findall(r'href="\?sted=(\d+)"', page)) == {"1", "3"}
    [action] = re.findall(r'action="([^"]+slik-det-var/\d+)"', page)
    assert action not in device_of(kari).get(f"{address}?sted=2").content.decode()
    assert device_of(kari).post(action).status_code == 403

    answer = coordinator_client.post(action, {"op_id": "restore-00001"}, follow=True)
    assert answer.redirect_chain == [(page_of(board, "wall"), 302)]
    texts = set(board.items.filter(kind=ItemKind.NOTE, is_deleted=False).values_list("text", flat=True))
    assert texts == {"En"}
    [back] = re.findall(r'action="([^"]+slik-det-var/\d+)"', answer.content.decode())
    coordinator_client.post(back)
    assert board.items.filter(kind=ItemKind.NOTE, is_deleted=False).count() == 2


def test_a_long_history_is_read_in_as_few_queries_as_a_short_one(board: Board, leader: Who, coordinator_client: Client):
    address = page_of(board, "history")
    coordinator_client.get(address)
    counts = []
    for _ in range(2):
        for _ in range(3):
            add_note(board, leader, "En")
        with CaptureQueriesContext(connection) as seen:
            coordinator_client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


def test_operations_older_than_thirty_days_are_not_undone_by_their_number(board: Board, leader: Who):
    note = add_note(board, leader, "En")
    gone = do(board, leader, OpKind.DELETE, note)
    with clock.at(clock.now() + timedelta(days=31)):
        assert undo(board=board, seq=gone.seq, who=leader, op_id="undo-00000001").refusal is not None
    assert undo(board=board, seq=gone.seq, who=leader, op_id="undo-00000002").refusal is None
    assert BoardOp.objects.filter(board=board, kind="restore").count() == 1
