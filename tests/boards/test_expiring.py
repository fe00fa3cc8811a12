"""What is kept for a time is gone after it, from the log too; what stands stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kompetanse.board import OpKind, PhaseKind
from kompetanseforum.boards.actions import let_go_of_what_is_old, put_dots
from kompetanseforum.boards.models import Ballot, Board, BoardOp, Guest, Item
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.votes import counted, own_dots
from kompetanseforum.core import clock
from tests.boards.conftest import add_note, do, join
from tests.boards.test_log import rows_equal_the_log

pytestmark = pytest.mark.django_db

CANARY = "KANARIFUGL 7391"


def after(days: int) -> bool:
    with clock.at(clock.now() + timedelta(days=days)):
        return let_go_of_what_is_old()


def test_deleted_words_go_for_good_after_thirty_days_and_not_before(board: Board):
    kari = join(board, "Kari")
    gone, stays = add_note(board, kari, CANARY), add_note(board, kari, "Den som står")
    do(board, kari, OpKind.DELETE, gone)
    assert (after(29), Item.objects.get(public_id=gone).text) == (False, CANARY)
    assert (after(31), Item.objects.get(public_id=gone).text) == (True, "")
    assert CANARY not in str(list(BoardOp.objects.values_list("payload", "was")))
    assert Item.objects.get(public_id=stays).text == "Den som står"
    assert after(31) is False
    rows_equal_the_log(board)


def test_hidden_words_that_were_deleted_go_too(workshop: Board, go_to: Callable[[Board, PhaseKind], None]):
    go_to(workshop, PhaseKind.WRITE)
    kari = join(workshop, "Kari")
    note = add_note(workshop, kari, CANARY)
    do(workshop, kari, OpKind.DELETE, note)
    assert after(31) is True
    assert (Item.objects.get(public_id=note).text, after(31)) == ("", False)


def test_two_weeks_after_a_vote_nobody_knows_whose_the_dots_are_and_the_count_is_the_same(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None]
):
    kari, ola = join(workshop, "Kari", "business"), join(workshop, "Ola", "education")
    go_to(workshop, PhaseKind.GROUP)
    notes = [add_note(workshop, kari, text) for text in ("En", "To")]
    go_to(workshop, PhaseKind.VOTE)
    round = workshop.rounds.get()
    for who, options in ((kari, notes), (ola, notes[:1])):
        for option in options:
            assert put_dots(round=round, voter=who.ref, sector=who.sector, option=option, dots=1) is None
    assert after(20) is False, "a vote that is open knows its voters"
    go_to(workshop, PhaseKind.COMMIT)
    round.refresh_from_db()
    count = counted(round)
    assert (after(13), own_dots(round, kari.ref)) == (False, dict.fromkeys(notes, 1))
    assert (after(15), own_dots(round, kari.ref)) == (True, {})
    assert counted(round) == count
    assert Ballot.objects.values("voter").distinct().count() == 2
    assert after(15) is False


def test_two_years_after_the_last_thing_was_done_nobody_knows_who_was_there(board: Board, leader: Who):
    kari = join(board, "Kari Kanari", "business")
    note = add_note(board, kari, "Det vi trenger")
    assert (after(729), Guest.objects.get().alias) == (False, "Kari Kanari")
    assert after(731) is True
    assert (Guest.objects.get().alias, Guest.objects.get().sector) == ("–", "")
    row = Item.objects.get(public_id=note)
    assert (row.text, row.author, row.sector) == ("Det vi trenger", "", "business")
    log = str(list(BoardOp.objects.values_list("payload", "actor", "only_for")))
    assert kari.ref not in log
    assert leader.ref not in log
    assert after(731) is False
    rows_equal_the_log(board)
