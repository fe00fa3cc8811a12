"""The table of a board: sorted and filtered by whoever reads it, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from kompetanse.board import ItemKind, OpKind, PhaseKind
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, column_of, do, join, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(board: Board) -> Board:
    kari, ola = join(board, "Kari", "business"), join(board, "Ola", "education")
    add_note(board, kari, "Vikarene finnes ikke")
    asked = add_note(board, ola, "Åpent verksted", column=1)
    add_note(board, ola, "Ti kvelder")
    do(board, kari, OpKind.ADD, "", what=ItemKind.COMMENT, text="Når?", inside=asked)
    return board


def texts(client: Client, board: Board, **query: str) -> list[str]:
    page = client.get(page_of(board, "table"), query).content.decode()
    return re.findall(r'<th scope="row".*?<a class="plain" [^>]+>([^<]+)</a></th>', page)


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("", ["Vikarene finnes ikke", "Ti kvelder", "Åpent verksted"]),
        ("text", ["Ti kvelder", "Vikarene finnes ikke", "Åpent verksted"]),
        ("sector", ["Vikarene finnes ikke", "Ti kvelder", "Åpent verksted"]),
        ("comments", ["Åpent verksted", "Vikarene finnes ikke", "Ti kvelder"]),
        ("finnes_ikke", ["Vikarene finnes ikke", "Ti kvelder", "Åpent verksted"]),
    ],
)
def test_it_is_sorted_as_one_asks(written: Board, coordinator_client: Client, order: str, rows: list[str]):
    assert texts(coordinator_client, written, sorter=order) == rows


@pytest.mark.slow
def test_it_shows_those_one_asks_for(written: Board, coordinator_client: Client):
    assert texts(coordinator_client, written, q="VIKAR") == ["Vikarene finnes ikke"]
    assert texts(coordinator_client, written, sektor="education") == ["Ti kvelder", "Åpent verksted"]
    assert texts(coordinator_client, written, under=column_of(written, 1)) == ["Åpent verksted"]
    assert texts(coordinator_client, written, sektor="education", q="finnes ikke") == []
    assert "Ingen lapp er slik." in coordinator_client.get(page_of(written, "table"), {"q": "xyz"}).content.decode()
    assert (
        "2 av 3 lapper" in coordinator_client.get(page_of(written, "table"), {"sektor": "education"}).content.decode()
    )


@pytest.mark.parametrize("query", [{"sektor": "<b>"}, {"sorter": "-1"}, {"under": "x" * 5000}, {"q": "%' OR 1=1 --"}])
def test_hostile_questions_break_nothing(written: Board, coordinator_client: Client, query: dict[str, str]):
    answer = coordinator_client.get(page_of(written, "table"), query)
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_what_is_hidden_is_found_by_its_author_alone(
    workshop: Board,
    go_to: Callable[[Board, PhaseKind], None],
    device_of: Callable[[Who], Client],
    coordinator_client: Client,
):
    go_to(workshop, PhaseKind.WRITE)
    kari = join(workshop, "Kari", "business")
    add_note(workshop, kari, "Kanarifugl")
    assert texts(device_of(kari), workshop, q="kanari") == ["Kanarifugl"]
    assert texts(coordinator_client, workshop, q="kanari", sektor="business") == []
