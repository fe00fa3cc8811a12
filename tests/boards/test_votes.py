"""Dots: no more than one has, secret until it is over, on things that stand still."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanse.board import ItemKind, OpKind, PhaseKind, Refusal
from kompetanseforum.boards.actions import VoteRefusal, put_dots, write
from kompetanseforum.boards.models import Ballot, Board, VoteRound
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.votes import counted, open_round
from tests.boards.conftest import a_wish, add_note, column_of, do, join, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(workshop: Board, leader: Who, go_to: Callable[[Board, PhaseKind], None]) -> list[str]:
    go_to(workshop, PhaseKind.GROUP)
    made = [add_note(workshop, leader, f"Lapp {number}") for number in range(5)]
    go_to(workshop, PhaseKind.VOTE)
    return made


@pytest.fixture
def round(workshop: Board, notes: list[str]) -> VoteRound:
    found = open_round(workshop)
    assert found is not None
    return found


def give(round: VoteRound, who: Who, option: str, dots: int = 1) -> VoteRefusal | None:
    return put_dots(round=round, voter=who.ref, sector=who.sector, option=option, dots=dots)


def test_the_fourth_of_three_dots_is_refused(workshop: Board, round: VoteRound, notes: list[str]):
    kari = join(workshop, "Kari")
    assert round.budget == 3
    assert [give(round, kari, option) for option in notes[:4]] == [None, None, None, VoteRefusal.TOO_MANY]
    assert give(round, kari, notes[0], dots=0) is None
    assert give(round, kari, notes[3]) is None
    assert sum(Ballot.objects.values_list("value", flat=True)) == 3


@pytest.mark.parametrize("dots", [2, -1, 1000])
def test_one_dot_on_each_at_most(workshop: Board, round: VoteRound, notes: list[str], dots: int):
    assert give(round, join(workshop, "Kari"), notes[0], dots=dots) == VoteRefusal.TOO_MANY


def test_the_same_dot_sent_again_is_one_dot(workshop: Board, round: VoteRound, notes: list[str]):
    kari = join(workshop, "Kari")
    assert [give(round, kari, notes[0]) for _ in range(3)] == [None] * 3
    assert [count.dots for count in counted(round)] == [1, 0, 0, 0, 0]


def test_what_is_voted_on_stands_still(workshop: Board, round: VoteRound, notes: list[str], leader: Who):
    kari = join(workshop, "Kari")
    for who in (kari, leader):
        late = a_wish(OpKind.ADD, text="For sent", inside=column_of(workshop))
        assert write(workshop, late, who).refusal == Refusal.NOT_NOW
        assert do(workshop, who, OpKind.MERGE, notes[0], into=notes[1]).refusal == Refusal.NOT_NOW


def test_a_group_is_voted_on_as_one(workshop: Board, leader: Who, go_to: Callable[[Board, PhaseKind], None]):
    go_to(workshop, PhaseKind.GROUP)
    group = a_wish(OpKind.ADD, what=ItemKind.GROUP, text="Kveld", inside=column_of(workshop))
    write(workshop, group, leader)
    add_note(workshop, leader, "Klokka 18", inside=group.item)
    alone = add_note(workshop, leader, "Alene", column=1)
    go_to(workshop, PhaseKind.VOTE)
    found = open_round(workshop)
    assert found is not None
    assert found.options == [group.item, alone]


@pytest.mark.slow
def test_nobody_sees_dots_before_it_is_over(
    workshop: Board,
    round: VoteRound,
    notes: list[str],
    coordinator_client: Client,
    device_of: Callable[[Who], Client],
    go_to: Callable[[Board, PhaseKind], None],
):
    voters = [join(workshop, f"Gjest {number}", "business") for number in range(7)]
    for who in voters:
        give(round, who, notes[0])
    other = join(workshop, "Siv")
    for client in (coordinator_client, device_of(other)):
        pages = [client.get(page_of(workshop, name)).content.decode() for name in ("wall", "list", "table", "result")]
        assert [page for page in pages if "7 prikker" in page or ">7<" in page] == []
        assert "7 har stemt" in pages[0]
    go_to(workshop, PhaseKind.COMMIT)
    assert "7 prikker" in coordinator_client.get(page_of(workshop, "list")).content.decode()
    assert '<span class="big">7</span>' in coordinator_client.get(page_of(workshop, "result")).content.decode()


def test_after_it_is_over_no_dot_is_taken(
    workshop: Board, round: VoteRound, notes: list[str], go_to: Callable[[Board, PhaseKind], None]
):
    go_to(workshop, PhaseKind.COMMIT)
    assert give(round, join(workshop, "Kari"), notes[0]) == VoteRefusal.CLOSED


def test_the_row_does_not_tell_who_voted(workshop: Board, round: VoteRound, notes: list[str]):
    kari = join(workshop, "Kari")
    give(round, kari, notes[0])
    ballot = Ballot.objects.get()
    assert kari.ref not in ballot.voter
    assert kari.ref.partition(":")[2] not in ballot.voter


def test_a_vote_for_somebody_in_the_room_is_marked_and_sent_twice_is_one(
    workshop: Board, round: VoteRound, notes: list[str], coordinator_client: Client
):
    sent = {"option": notes[:2], "sector": "education", "voter": "k7k7k7k7"}
    for _ in range(2):
        coordinator_client.post(page_of(workshop, "vote_for"), sent)
    rows = list(Ballot.objects.order_by("pk").values_list("option", "sector", "value", "is_proxy"))
    assert rows == [(notes[0], "education", 1, True), (notes[1], "education", 1, True)]
