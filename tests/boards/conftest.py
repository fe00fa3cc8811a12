"""A board with two guests and the one who leads it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.board import ItemKind, OpKind, PhaseKind, Wish
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import Done, begin_phase, join_board, open_board, write
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.challenges.actions import open_challenge
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.events.actions import Called, call_meeting
from kompetanseforum.events.models import Meeting


@pytest.fixture
def board(person: Person) -> Board:
    """Open to all at any time; three columns."""
    return open_board(title="Lære mens vi jobber", pattern=pattern_called("open_wall"), by=person)


@pytest.fixture
def workshop(person: Person) -> Board:
    """The hour with phases, at its first one."""
    return open_board(title="Fra behov til tiltak", pattern=pattern_called("need_to_action"), by=person)


@pytest.fixture
def go_to(person: Person) -> Callable[[Board, PhaseKind], None]:
    def begin(board: Board, kind: PhaseKind) -> None:
        begin_phase(board=board, number=board.phases.get(kind=kind).number, by=person)

    return begin


def who_is(guest: Guest) -> Who:
    return Who(ref=str(ref(guest)), name=guest.alias, sector=guest.sector, is_leading=False, guest=guest)


def join(board: Board, alias: str, sector: str = "") -> Who:
    return who_is(join_board(board=board, alias=alias, sector=sector))


@pytest.fixture
def leader(person: Person) -> Who:
    return Who(ref=str(ref(person)), name=person.first_name, sector="", is_leading=True)


def column_of(board: Board, number: int = 0) -> str:
    return Item.objects.filter(board=board, kind=ItemKind.COLUMN)[number].public_id


def a_wish(kind: OpKind, item: str = "", **values: object) -> Wish:
    return Wish(secrets.token_hex(8), kind, item or new_public_id(), **values)  # type: ignore[arg-type]


def add_note(board: Board, who: Who, text: str, *, column: int = 0, inside: str = "") -> str:
    """The new note's id."""
    wish = a_wish(OpKind.ADD, text=text, inside=inside or column_of(board, column))
    assert write(board, wish, who).refusal is None
    return wish.item


def do(board: Board, who: Who, kind: OpKind, item: str, **values: object) -> Done:
    return write(board, a_wish(kind, item, **values), who)


@pytest.fixture
def device_of(holder_client: Callable[..., Client]) -> Callable[[Who], Client]:
    """The browser that this guest came in with."""
    return lambda who: holder_client(ref(who.guest))  # type: ignore[arg-type]


def page_of(board: Board, name: str = "list") -> str:
    return reverse(f"boards:{name}", kwargs={"public_id": board.public_id})


def board_with(*texts: str, by: Person) -> tuple[Board, list[str]]:
    """A wall open to all with these notes of one guest, and the notes' ids."""
    board = open_board(title="Lære mens vi jobber", pattern=pattern_called("open_wall"), by=by)
    kari = join(board, "Kari", "business")
    return board, [add_note(board, kari, text) for text in texts]


@pytest.fixture
def house(person: Person) -> Viewer:
    return Viewer(person=ref(person), roles=frozenset({"coordinator"}))


@pytest.fixture
def meeting(house: Viewer) -> Meeting:
    return call_meeting(called=Called(title="Samling i Halden", starts_at=clock.now()), by=house)


@pytest.fixture
def challenge(house: Viewer) -> Challenge:
    return open_challenge(question="Hvordan lærer vi mens vi jobber?", about="", cycle=None, by=house)


def written(home: Meeting | Challenge, person: Person) -> Board:
    columns = ("Dette snakket vi om", "Tomt", "Dette gjør vi")
    board = open_board(title="Tekst", pattern=pattern_called("shared_text"), by=person, columns=columns, home=ref(home))
    kari = join(board, "Kari", "business")
    for text, column in (("Vi ble enige.", 0), ("Om to ting.", 0), ("Kari spør.", 2)):
        add_note(board, kari, text, column=column)
    return board
