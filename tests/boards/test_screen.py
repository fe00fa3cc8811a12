"""The room's screen: the way in, and who has come, anew every few seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanseforum.boards.actions import end_board, set_board
from kompetanseforum.boards.models import Board
from tests.boards.conftest import add_note, join, page_of

pytestmark = pytest.mark.django_db


def asked_again(client: Client, board: Board) -> str:
    return client.get(page_of(board, "screen"), HTTP_HX_REQUEST="true").content.decode()


def test_it_shows_the_way_in_and_counts_anew_those_who_come(board: Board, coordinator_client: Client):
    whole = coordinator_client.get(page_of(board, "screen")).content.decode()
    assert board.code in whole and "<svg" in whole
    assert f'hx-get="{page_of(board, "screen")}"' in whole
    for name, sector in (("Kari", "business"), ("Ola", "education"), ("Siv", "education"), ("Per", "")):
        join(board, name, sector)
    part = asked_again(coordinator_client, board)
    assert "4 er med" in part and "Utdanning 2" in part and "Arbeidsliv 1" in part
    assert "<svg" not in part and "<html" not in part


def test_names_stand_there_only_where_the_board_shows_them(board: Board, coordinator_client: Client):
    join(board, "Kari Nordmann", "business")
    assert "Kari Nordmann" not in asked_again(coordinator_client, board)
    set_board(board=board, by=None, names_are_shown=True)
    assert "Kari Nordmann" in asked_again(coordinator_client, board)


def test_an_ended_board_asks_no_more_and_a_stranger_is_told_nothing(board: Board, coordinator_client: Client):
    end_board(board=board, by=None)
    assert "hx-get" not in asked_again(coordinator_client, board)
    assert Client().get(page_of(board, "screen")).status_code in (302, 403)


def test_a_thousand_notes_cost_it_nothing(
    board: Board, coordinator_client: Client, django_assert_max_num_queries: Callable[[int], object]
):
    kari = join(board, "Kari")
    for number in range(3):
        add_note(board, kari, f"Lapp {number}")
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]  # a context
        asked_again(coordinator_client, board)
