"""What one writes alone is one's own until all is shown: it is in nothing that anybody else is sent."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from kompetanse.board import OpKind, PhaseKind
from kompetanseforum.boards.live.frames import read
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from tests.boards.conftest import add_note, do, join, page_of

pytestmark = pytest.mark.django_db

CANARY = "KANARIFUGL 7391"
PAGES = (
    "wall", "list", "canvas", "table", "text", "screen", "export", "drawing", "since", "result", "summary", "breadth",
    "history",
)  # fmt: skip


@pytest.fixture
def hiding(workshop: Board, go_to: Callable[[Board, PhaseKind], None]) -> Board:
    go_to(workshop, PhaseKind.WRITE)
    return workshop


def everything_said_to(client: Client, board: Board) -> str:
    answers = [client.get(page_of(board, name)) for name in PAGES]
    assert [answer.status_code for answer in answers] == [200] * len(PAGES)
    return "\n".join(answer.content.decode() for answer in answers)


@pytest.mark.slow
def test_no_page_and_no_frame_tells_others_what_is_hidden(
    hiding: Board, device_of: Callable[[Who], Client], coordinator_client: Client, leader: Who
):
    kari, ola = join(hiding, "Kari", "business"), join(hiding, "Ola", "education")
    note = add_note(hiding, kari, CANARY)
    do(hiding, kari, OpKind.MOVE, note, inside=hiding.items.all()[1].public_id)
    told = read(hiding.public_id, 0)
    assert told is not None

    assert CANARY in everything_said_to(device_of(kari), hiding)
    assert CANARY in told.frame_for(kari.ref)
    for client in (device_of(ola), coordinator_client):
        assert CANARY not in everything_said_to(client, hiding)
    for other in (ola.ref, leader.ref, ""):
        assert CANARY not in told.frame_for(other)
        assert note not in told.frame_for(other)


@pytest.mark.slow
def test_its_own_page_is_not_there_for_others(
    hiding: Board, device_of: Callable[[Who], Client], coordinator_client: Client
):
    kari, ola = join(hiding, "Kari"), join(hiding, "Ola")
    note = hiding.items.get(public_id=add_note(hiding, kari, CANARY))
    for name in ("note", "move", "merge"):
        address = page_of(hiding, name).replace(hiding.public_id, note.public_id)
        statuses = [client.get(address).status_code for client in (device_of(kari), device_of(ola), coordinator_client)]
        assert (name, statuses) == (name, [200, 404, 404])


def test_once_shown_it_is_told_to_all(hiding: Board, go_to: Callable[[Board, PhaseKind], None]):
    kari = join(hiding, "Kari")
    add_note(hiding, kari, CANARY)
    hiding.refresh_from_db()
    before = hiding.seq
    go_to(hiding, PhaseKind.SHOW)
    told = read(hiding.public_id, before)
    assert told is not None
    (item,) = json.loads(told.frame_for(""))["items"]
    assert (item["text"], item["mine"]) == (CANARY, False)


def test_no_frame_tells_who_wrote_unless_the_board_shows_names(board: Board, person: object):
    kari = join(board, "Kanari-Kari", "business")
    add_note(board, kari, "En")
    told = read(board.public_id, 0)
    assert told is not None
    assert kari.ref.partition(":")[2] not in told.frame_for("")
    assert "Kanari-Kari" not in told.frame_for("")
    Board.objects.filter(pk=board.pk).update(names_are_shown=True)
    named = read(board.public_id, 0)
    assert named is not None
    assert "Kanari-Kari" in named.frame_for("")
