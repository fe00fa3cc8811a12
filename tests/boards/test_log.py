"""The log and the rows: one order, one transaction, nothing done twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from kompetanse.board import ItemKind, OpKind, PhaseKind, Refusal
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import end_board, perform, perform_together, set_board, undo, write
from kompetanseforum.boards.models import Board, BoardOp, Item
from kompetanseforum.boards.queries.log import changes_since, replayed, value_of
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock, live
from tests.boards.conftest import a_wish, add_note, column_of, do, join

pytestmark = pytest.mark.django_db


def rows_equal_the_log(board: Board) -> None:
    rows = {row.public_id: value_of(row) for row in Item.objects.filter(board=board)}
    assert replayed(board) == rows
    numbers = list(BoardOp.objects.filter(board=board).order_by("seq").values_list("seq", flat=True))
    board.refresh_from_db()
    assert numbers == list(range(1, board.seq + 1))


def test_an_operation_sent_twice_is_done_once_and_answered_alike(board: Board):
    kari = join(board, "Kari")
    wish = a_wish(OpKind.ADD, text="Folk får ikke fri", inside=column_of(board))
    first, again = write(board, wish, kari), write(board, wish, kari)
    both = perform(board, [(wish, kari), (wish, kari)])
    assert {first.seq, again.seq, *(each.seq for each in both)} == {board.items.get(public_id=wish.item).text_seq}
    assert board.items.filter(kind=ItemKind.NOTE).count() == 1


def test_a_refused_operation_sent_twice_is_refused_twice(board: Board):
    kari = join(board, "Kari")
    wish = a_wish(OpKind.ADD, text="x" * 501, inside=column_of(board))
    assert [done.refusal for done in perform(board, [(wish, kari), (wish, kari)])] == [Refusal.TOO_LONG] * 2


def test_operations_on_several_boards_share_a_transaction_and_no_numbers(board: Board, workshop: Board, leader: Who):
    before = {each.pk: Board.objects.get(pk=each.pk).seq for each in (board, workshop)}
    wishes = {each: a_wish(OpKind.ADD, text="En", inside=column_of(each)) for each in (workshop, board)}
    # One that is another board's now, and an id that both want.
    strange = a_wish(OpKind.EDIT, wishes[board].item, text="Ikke din")
    done = perform_together([
        (workshop, [(wishes[workshop], leader), (strange, leader)]),
        (board, [(wishes[board], leader)]),
    ])  # fmt: skip
    assert [(each.board, each.before, each.after - each.before) for each in done] == [
        (workshop, before[workshop.pk], 1),
        (board, before[board.pk], 1),
    ]
    assert [answer.refusal for answer in done[0].answers] == [None, Refusal.GONE]
    assert [row.text for each in done for row in each.rows] == ["En", "En"]
    for each in (board, workshop):
        rows_equal_the_log(each)


def test_what_is_written_takes_as_many_queries_for_fifteen_as_for_one(board: Board, workshop: Board, leader: Who):
    counts = []
    for many in (1, 15):
        asked = [
            (each, [(a_wish(OpKind.ADD, text="En", inside=column_of(each)), leader) for _ in range(many)])
            for each in (board, workshop)
        ]
        with CaptureQueriesContext(connection) as seen:
            perform_together(asked)
        counts.append(len(seen))
    # One more the first time: which phases they are in.
    assert (counts[0] - 1, counts[1]) == (counts[1], 8)


def test_an_operation_id_of_another_board_is_refused(board: Board, workshop: Board, leader: Who):
    wish = a_wish(OpKind.ADD, text="Ny", inside=column_of(board))
    write(board, wish, leader)
    assert write(workshop, wish, leader).refusal == Refusal.MALFORMED


def test_a_note_of_another_board_cannot_be_touched(board: Board, workshop: Board, leader: Who):
    other = add_note(workshop, leader, "Hos de andre")
    for kind in (OpKind.EDIT, OpKind.MOVE, OpKind.DELETE, OpKind.ERASE, OpKind.HOLD):
        assert do(board, leader, kind, other, text="x", inside=column_of(board)).refusal == Refusal.GONE
    assert write(board, a_wish(OpKind.ADD, other, text="x", inside=column_of(board)), leader).refusal == Refusal.TAKEN
    assert workshop.items.get(public_id=other).text == "Hos de andre"


def test_refused_operations_take_no_number(board: Board):
    kari = join(board, "Kari")
    before = Board.objects.get(pk=board.pk).seq
    assert do(board, kari, OpKind.HOLD, add_note(board, kari, "En")).refusal == Refusal.NOT_NOW
    assert Board.objects.get(pk=board.pk).seq == before + 1
    rows_equal_the_log(board)


def test_a_half_written_transaction_leaves_nothing(board: Board):
    """The rows are written before the log, which refuses its line here: its number is taken."""
    kari = join(board, "Kari")
    before = Board.objects.get(pk=board.pk).seq
    BoardOp.objects.create(board=board, seq=before + 1, op_id="taken", kind="edit", at=clock.now())
    with pytest.raises(IntegrityError):
        add_note(board, kari, "Halv")
    assert (Board.objects.get(pk=board.pk).seq, board.items.filter(text="Halv").exists()) == (before, False)


def test_those_who_watch_are_told_after_it_is_kept(board: Board, django_capture_on_commit_callbacks: Callable):
    heard: list[tuple[str, int]] = []
    live.hear(lambda topic, number: heard.append((topic, number)))
    kari = join(board, "Kari")
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        add_note(board, kari, "En")
    assert heard == []
    for callback in waiting:
        callback()
    board.refresh_from_db()
    assert heard == [(f"board:{board.public_id}", board.seq)]
    live._listeners.pop()


def test_a_note_put_before_another_stands_there(board: Board, leader: Who):
    ids = [add_note(board, leader, text) for text in ("a", "b", "c")]
    do(board, leader, OpKind.MOVE, ids[2], inside=column_of(board), before=ids[1])
    do(board, leader, OpKind.MOVE, ids[1], inside=column_of(board), before=ids[0])
    assert list(board.items.filter(kind=ItemKind.NOTE).values_list("text", flat=True)) == ["b", "a", "c"]
    rows_equal_the_log(board)


def test_a_group_that_is_deleted_leaves_its_notes_in_the_column(board: Board, leader: Who):
    group = a_wish(OpKind.ADD, what=ItemKind.GROUP, text="Kveld", inside=column_of(board))
    write(board, group, leader)
    inside = add_note(board, leader, "Start klokka 18", inside=group.item)
    do(board, leader, OpKind.DELETE, group.item)
    note = board.items.get(public_id=inside)
    assert (note.inside, note.is_deleted) == (column_of(board), False)
    rows_equal_the_log(board)


def test_a_column_with_notes_is_not_deleted(board: Board, leader: Who):
    add_note(board, leader, "En")
    assert do(board, leader, OpKind.DELETE, column_of(board)).refusal == Refusal.PLACE


def test_merged_notes_keep_their_words_and_authors_and_part_when_the_other_goes(board: Board):
    kari, ola = join(board, "Kari", "business"), join(board, "Ola", "education")
    one, other = add_note(board, kari, "Ikke tid"), add_note(board, ola, "Vi har ikke tid")
    do(board, ola, OpKind.MERGE, one, into=other)
    merged = board.items.get(public_id=one)
    assert (merged.text, merged.author, merged.merged_into) == ("Ikke tid", kari.ref, other)
    do(board, ola, OpKind.DELETE, other)
    assert board.items.get(public_id=one).merged_into == ""
    rows_equal_the_log(board)


def test_undo_takes_back_ones_own_and_never_what_others_have_done_since(board: Board):
    kari, ola = join(board, "Kari"), join(board, "Ola")
    note = add_note(board, kari, "Først")
    moved = do(board, kari, OpKind.MOVE, note, inside=column_of(board, 1))
    assert undo(board=board, seq=moved.seq, who=ola, op_id="undo-00000001").refusal == Refusal.GONE
    assert undo(board=board, seq=moved.seq, who=kari, op_id="undo-00000002").refusal is None
    assert board.items.get(public_id=note).inside == column_of(board)

    again = do(board, kari, OpKind.MOVE, note, inside=column_of(board, 1))
    do(board, ola, OpKind.MOVE, note, inside=column_of(board, 2))
    assert undo(board=board, seq=again.seq, who=kari, op_id="undo-00000003").refusal == Refusal.CONFLICT
    assert board.items.get(public_id=note).inside == column_of(board, 2)


def test_a_deleted_note_comes_back_as_it_was(board: Board):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Borte")
    gone = do(board, kari, OpKind.DELETE, note)
    assert undo(board=board, seq=gone.seq, who=kari, op_id="undo-00000001").refusal is None
    back = board.items.get(public_id=note)
    assert (back.text, back.inside, back.is_deleted) == ("Borte", column_of(board), False)
    rows_equal_the_log(board)


def test_two_devices_that_are_behind_never_overwrite_newer_words(board: Board):
    kari = join(board, "Kari")
    note = add_note(board, kari, "Første")
    base = board.items.get(public_id=note).text_seq
    assert do(board, kari, OpKind.EDIT, note, text="Andre", base=base).refusal is None
    for stale in ("Fra telefonen", "Fra nettbrettet"):
        assert do(board, kari, OpKind.EDIT, note, text=stale, base=base).refusal == Refusal.CONFLICT
    assert board.items.get(public_id=note).text == "Andre"


def test_all_that_was_hidden_is_shown_in_one_operation(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], leader: Who
):
    go_to(workshop, PhaseKind.WRITE)
    guests = [join(workshop, name) for name in ("Kari", "Ola", "Siv")]
    for who in guests:
        add_note(workshop, who, f"Fra {who.name}")
    go_to(workshop, PhaseKind.SHOW)
    shown = set(workshop.items.filter(kind=ItemKind.NOTE).values_list("revealed_seq", flat=True))
    reveal = BoardOp.objects.get(board=workshop, kind="reveal")
    assert shown == {reveal.seq}
    rows_equal_the_log(workshop)


def test_what_changed_since_a_number_is_all_that_changed(board: Board):
    kari = join(board, "Kari")
    first = add_note(board, kari, "Før")
    board.refresh_from_db()
    since = board.seq
    second = add_note(board, kari, "Etter")
    do(board, kari, OpKind.MOVE, first, inside=column_of(board, 2))
    changes = changes_since(board.public_id, since)
    assert changes is not None
    assert ({row.public_id for row in changes.rows}, changes.seq) == ({first, second}, since + 2)


def test_a_locked_and_an_ended_board_stand_still_for_all_but_the_one_who_leads(
    board: Board, leader: Who, person: Person
):
    kari = join(board, "Kari")
    wish = a_wish(OpKind.ADD, text="Ny", inside=column_of(board))
    set_board(board=board, by=person, is_locked=True)
    assert write(board, wish, kari).refusal == Refusal.NOT_NOW
    assert do(board, leader, OpKind.ADD, "", text="Fra den som leder", inside=column_of(board)).refusal is None
    set_board(board=board, by=person, is_locked=False)
    end_board(board=board, by=person)
    assert write(board, wish, kari).refusal == Refusal.NOT_NOW
    rows_equal_the_log(board)


def test_only_the_one_who_leads_writes_for_somebody_in_the_room(board: Board, leader: Who):
    kari = join(board, "Kari", "business")
    said = a_wish(OpKind.ADD, text="En", inside=column_of(board), sector="education", is_proxy=True)
    led = a_wish(OpKind.ADD, text="To", inside=column_of(board), sector="education", is_proxy=True)
    perform(board, [(said, kari), (led, leader)])
    stand = {row.text: (row.sector, row.is_proxy) for row in board.items.filter(kind=ItemKind.NOTE)}
    assert stand == {"En": ("business", False), "To": ("education", True)}
