"""Which sectors have spoken, and whom one might ask: a suggestion, never a mark."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose

import pytest
from django.test import Client

from kompetanse.board import OpKind, PhaseKind
from kompetanse.board.breadth import effective_number
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.breadth import breadth_of
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock
from kompetanseforum.organisations.models import Organisation
from tests.boards.conftest import add_note, do, join, page_of


def test_the_effective_number_of_sectors_against_known_answers():
    # Hill 1973: equal shares count themselves; the worked example of reference §5.
    assert isclose(effective_number([5, 5, 5]), 3)
    assert isclose(effective_number([7]), 1)
    assert round(effective_number([10, 6, 3, 1]), 2) == 3.13
    assert effective_number([]) == effective_number([0, 0]) == 0


@pytest.fixture
def heard(board: Board) -> Board:
    for sector, number in (("business", 3), ("education", 2)):
        guest = join(board, "Kari", sector)
        for each in range(number):
            add_note(board, guest, f"{sector} {each}")
    return board


@pytest.mark.django_db
def test_it_counts_notes_and_people_by_sector_and_tells_who_is_missing(heard: Board, leader: Who):
    join(heard, "Ola", "student")
    told = breadth_of(heard, suggests=False)
    assert [(line.sector, line.notes, line.people) for line in told.heard] == [("business", 3, 1), ("education", 2, 1)]
    assert [(line.sector, line.people) for line in told.missing] == [
        ("public", 0),
        ("social_partner", 0),
        ("student", 1),
    ]
    assert told.as_if is not None
    assert round(told.as_if, 2) == 1.96
    do(heard, leader, OpKind.HOLD, heard.items.get(text="education 0").public_id)
    assert [line.notes for line in breadth_of(heard, suggests=False).heard] == [3, 1]


@pytest.mark.django_db
def test_with_a_few_notes_it_gives_no_number(board: Board):
    guest = join(board, "Kari", "business")
    for number in range(4):
        add_note(board, guest, str(number))
    assert breadth_of(board, suggests=False).as_if is None


@pytest.mark.django_db
def test_whom_to_ask_is_told_the_one_who_leads_alone(
    heard: Board, coordinator_client: Client, device_of: Callable[[Who], Client]
):
    Organisation.objects.create(name="Kanari kommune", sector="public", registered_at=clock.now())
    kari = device_of(join(heard, "Kari"))
    led, guest = (client.get(page_of(heard, "breadth")).content.decode() for client in (coordinator_client, kari))
    assert ("Kanari kommune" in led, "Kanari kommune" in guest) == (True, False)
    assert "Kanskje kan de spørres også" in guest
    assert "To av fem sektorer har skrevet, omtrent like mye hver." in guest
    assert "Bredde: 2,0 av 5. Den er 5 når alle har skrevet like mye." in guest


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ({}, None),
        ({"business": 5}, "Bare én av fem sektorer har skrevet."),
        ({"business": 6, "education": 2}, "To av fem sektorer har skrevet, noen mer enn andre."),
        ({"business": 9, "education": 1}, "To av fem sektorer har skrevet, noen mye mer enn andre."),
    ],
)
def test_how_evenly_they_have_written_is_told_in_words(
    board: Board, coordinator_client: Client, notes: dict[str, int], words: str | None
):
    for sector, number in notes.items():
        guest = join(board, "Kari", sector)
        for each in range(number):
            add_note(board, guest, f"{sector} {each}")
    page = coordinator_client.get(page_of(board, "breadth")).content.decode()
    assert words in page if words else "sektorer har skrevet" not in page


@pytest.mark.django_db
def test_the_bar_of_the_one_who_leads_suggests_and_a_guest_has_no_bar(
    heard: Board, coordinator_client: Client, device_of: Callable[[Who], Client]
):
    kari = device_of(join(heard, "Kari"))
    assert "Spør kanskje: Offentlig" in coordinator_client.get(page_of(heard, "wall")).content.decode()
    assert "Spør kanskje" not in kari.get(page_of(heard, "wall")).content.decode()


@pytest.mark.django_db
def test_no_words_stand_there_also_while_all_is_hidden(
    workshop: Board, go_to: Callable[[Board, PhaseKind], None], coordinator_client: Client
):
    kari = join(workshop, "Kari", "business")
    go_to(workshop, PhaseKind.WRITE)
    add_note(workshop, kari, "Kanarifugl")
    page = coordinator_client.get(page_of(workshop, "breadth")).content.decode()
    assert "Kanarifugl" not in page
    assert 'class="number">1<' in page
