"""What somebody drags is seen by the others while it moves: within a budget, never what is hidden, and nothing hangs after."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

import pytest

from kompetanse.board import ItemKind, OpKind, PhaseKind
from kompetanseforum.boards.actions import set_board
from kompetanseforum.boards.live import hand as hands
from kompetanseforum.boards.live.hand import Hand
from kompetanseforum.boards.live.presence import MOST_CARRIED, TICK_SECONDS, Carried, carried_in
from kompetanseforum.boards.live.rooms import CROWD, ROOMS
from kompetanseforum.boards.models import Board, BoardOp
from kompetanseforum.boards.queries.carrying import told_while_dragged
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, column_of, do, join
from tests.boards.test_presence import Heard, room_of, watcher

ONE, TWO, LANE = "a" * 10, "b" * 10, "c" * 10


def drags_in(heard: Heard) -> list[object]:
    return [row for message in heard.messages if message["t"] == "drags" for row in message["at"]]  # type: ignore[attr-defined]  # a list


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The tables say that all but `hidden` may be told; and how often they were asked."""
    questions: list[Sequence[str]] = []

    def told(_board: str, items: Sequence[str], named: frozenset[str], _who: Who) -> frozenset[str]:
        questions.append(items)
        return frozenset() if "hhhhhhhhhh" in items else frozenset(named) - {"hhhhhhhhhh"}

    monkeypatch.setattr(hands, "told_while_dragged", told)
    return questions


@pytest.mark.slow
def test_the_others_see_it_move_and_hear_when_it_is_let_go(asked: list[Sequence[str]]):
    async def play() -> float:
        hand, began = Hand(room, kari), time.monotonic()
        for x in range(30):
            hand.holds(Carried((ONE,), x, 5, LANE))
            await asyncio.sleep(0.01)
        hand.holds(Carried())
        return time.monotonic() - began

    (kari, own), (ola, heard) = watcher("business"), watcher("education")
    room = room_of(kari, ola)
    passed = asyncio.run(play())
    rows = drags_in(heard)
    # One a tick at most, however often it moved and however slow the machine is.
    assert 1 <= len(rows) - 1 <= passed / TICK_SECONDS + 1
    assert rows[-1] == [kari.number, [], 0, 0, "", ""]
    assert {tuple(map(str, row[:2])) for row in rows[:-1]} == {(str(kari.number), str([ONE]))}  # type: ignore[index]  # a list
    # One who has let go is not told so.
    assert [kari.number, [], 0, 0, "", ""] not in drags_in(own)
    assert len(asked) == 1
    assert room.dragging == set() and room.drags.moved == {}


@pytest.mark.slow
def test_what_is_hidden_is_not_told_nor_what_it_would_lie_before(asked: list[Sequence[str]]):
    async def play() -> None:
        hand = Hand(room, kari)
        hand.holds(Carried(("hhhhhhhhhh",), 10, 10))
        await asyncio.sleep(0.05)
        hand.holds(Carried((ONE,), 10, 10, LANE, "hhhhhhhhhh"))
        await asyncio.sleep(0.15)

    (kari, _), (ola, heard) = watcher(), watcher()
    room = room_of(kari, ola)
    asyncio.run(play())
    assert "hhhhhhhhhh" not in str(heard.messages)
    assert drags_in(heard) == [[kari.number, [ONE], 10, 10, LANE, ""]]


@pytest.mark.slow
def test_one_who_goes_with_something_in_the_hand_leaves_nothing_in_the_air(asked: list[Sequence[str]]):
    async def play() -> None:
        room = ROOMS.enter(board, kari)
        ROOMS.enter(board, ola)
        Hand(room, kari).holds(Carried((ONE,), 10, 10))
        await asyncio.sleep(0.05)
        ROOMS.leave(room, kari)
        await asyncio.sleep(0.15)
        ROOMS.leave(room, ola)

    board = Board(public_id="7h3k2m9qxb", seq=0)
    (kari, _), (ola, heard) = watcher(), watcher()
    asyncio.run(play())
    assert drags_in(heard) == [[kari.number, [ONE], 10, 10, "", ""], [kari.number, [], 0, 0, "", ""]]


def test_an_answer_that_comes_after_one_has_gone_lifts_nothing(asked: list[Sequence[str]]):
    async def play() -> None:
        Hand(room, kari).holds(Carried((ONE,), 10, 10))
        room.watchers.discard(kari)
        await asyncio.sleep(0.05)

    (kari, _), (ola, heard) = watcher(), watcher()
    room = room_of(kari, ola)
    asyncio.run(play())
    assert drags_in(heard) == []


@pytest.mark.parametrize(("others", "is_told"), [(CROWD - 1, True), (CROWD, False)])
def test_above_fifty_nobody_is_seen_dragging(asked: list[Sequence[str]], others: int, is_told: bool):
    async def play() -> None:
        Hand(room, kari).holds(Carried((ONE,), 10, 20))
        await asyncio.sleep(0.05)

    kari, _ = watcher()
    crowd = [watcher() for _ in range(others)]
    room = room_of(kari, *(each for each, _heard in crowd))
    asyncio.run(play())
    assert bool(drags_in(crowd[0][1])) is is_told
    assert bool(asked) is is_told


def test_the_one_that_looks_on_drags_nothing(asked: list[Sequence[str]]):
    async def play() -> None:
        Hand(room, screen).holds(Carried((ONE,), 10, 20))
        await asyncio.sleep(0.05)

    (screen, _), (ola, heard) = watcher(is_spectator=True), watcher()
    room = room_of(screen, ola)
    asyncio.run(play())
    assert (drags_in(heard), asked) == ([], [])


def test_what_is_carried_comes_through_whole():
    sent: dict[str, object] = {"items": [ONE, TWO, ONE], "x": -40, "y": 7, "in": LANE, "before": TWO}
    assert carried_in(sent) == Carried((ONE, TWO), -40, 7, LANE, TWO)
    assert carried_in({"items": []}) == Carried()


@pytest.mark.alike
@pytest.mark.parametrize(
    "sent",
    [
        {}, {"items": "aaaaaaaaaa"}, {"items": [7]}, {"items": ["kort"]}, {"items": [ONE], "x": "1"},
        {"items": [ONE], "y": 10**12}, {"items": [ONE], "in": 5}, {"items": [ONE], "before": "<script>"},
        {"items": [ONE], "in": None}, {"items": [f"{n:010}" for n in range(MOST_CARRIED + 1)]},
        {"items": [[ONE]]}, {"items": ["o" * 10]},
    ],
)  # fmt: skip
def test_what_is_nothing_to_carry_is_none(sent: dict[str, object]):
    assert carried_in(sent) is None


# What the tables say.


@pytest.mark.django_db
def test_a_hidden_note_is_told_of_to_nobody_whoever_drags_it(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], leader: Who
):
    kari = join(workshop, "Kari")
    go_to(workshop, PhaseKind.WRITE)
    hidden = add_note(workshop, kari, "Kanarifugl")
    for who in (kari, leader):
        assert told_while_dragged(workshop.public_id, [hidden], [hidden, column_of(workshop)], who) == frozenset()
    go_to(workshop, PhaseKind.SHOW)
    assert told_while_dragged(workshop.public_id, [hidden], [hidden], kari) == {hidden}


@pytest.mark.django_db
def test_only_what_one_may_move_is_told_of(board: Board, person: object, leader: Who):
    kari, ola = join(board, "Kari"), join(board, "Ola")
    own, column = add_note(board, kari, "Karis"), column_of(board)
    assert told_while_dragged(board.public_id, [own], [own, column], ola) == {own, column}
    assert told_while_dragged(board.public_id, [column], [column], ola) == frozenset()
    assert told_while_dragged(board.public_id, [column], [column], leader) == {column}
    set_board(board=board, by=None, is_locked=True)
    assert told_while_dragged(board.public_id, [own], [own], kari) == frozenset()
    assert told_while_dragged(board.public_id, [own], [own], leader) == {own}


@pytest.mark.django_db
def test_what_is_taken_down_deleted_or_on_another_board_is_not_told_of(board: Board, workshop: Board, leader: Who):
    kept, held, deleted = (add_note(board, leader, text) for text in ("En", "To", "Tre"))
    do(board, leader, OpKind.HOLD, held)
    do(board, leader, OpKind.DELETE, deleted)
    elsewhere = add_note(workshop, leader, "Et annet sted")
    assert told_while_dragged(board.public_id, [kept], [kept, held, deleted, elsewhere], leader) == {kept}
    for item in (held, deleted, elsewhere, "0" * 10):
        assert told_while_dragged(board.public_id, [kept, item], [kept, item], leader) == frozenset()


@pytest.mark.django_db
def test_a_drag_is_no_operation(board: Board, leader: Who):
    note = add_note(board, leader, "En")
    before = BoardOp.objects.filter(board=board).count()
    told_while_dragged(board.public_id, [note], [note], leader)
    assert BoardOp.objects.filter(board=board).count() == before
    assert board.items.filter(kind=ItemKind.NOTE).count() == 1


@pytest.mark.django_db
def test_what_is_asked_while_one_drags_is_three_questions(
    board: Board, leader: Who, django_assert_num_queries: Callable[[int], object]
):
    notes = [add_note(board, leader, f"Lapp {number}") for number in range(MOST_CARRIED)]
    with django_assert_num_queries(3):  # type: ignore[attr-defined]  # a context
        told_while_dragged(board.public_id, notes, notes, leader)
