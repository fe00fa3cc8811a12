"""kill -9 while a hall writes on a board: what was answered is there, once; and one that drops disturbs nobody."""

from __future__ import annotations

import json
import os
import random
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from kompetanse.refs import ALPHABET
from tests.faults.rooms import MadeBoard, make_boards
from tests.faults.server import Server, in_the_forum

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KF_TEST_KILLS", "5"))
WRITERS = 4

_WHAT_STANDS = """
import json
from kompetanseforum.boards.models import Board, BoardOp, Item
from kompetanseforum.boards.queries.log import replayed, value_of
board = Board.objects.get(public_id="{board}")
rows = {{row.public_id: value_of(row) for row in Item.objects.filter(board=board)}}
numbers = list(BoardOp.objects.filter(board=board).order_by("seq").values_list("seq", flat=True))
print(json.dumps({{
    "notes": list(Item.objects.filter(board=board, kind="note").values_list("text", flat=True)),
    "is_the_logs": replayed(board) == rows,
    "is_whole": numbers == list(range(1, board.seq + 1)),
}}))
"""


@dataclass(slots=True)
class Sent:
    """Texts of notes: those answered as kept, and those that nobody answered."""

    kept: list[str] = field(default_factory=list)
    unanswered: dict[str, dict[str, object]] = field(default_factory=dict)


def operation(text: str, column: str) -> dict[str, object]:
    item = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return {"id": secrets.token_hex(10), "kind": "add", "item": item, "text": text, "inside": column}


def open_socket(board: MadeBoard, port: int, guest: int = 0) -> ClientConnection:
    return connect(
        board.address(port), additional_headers={"Cookie": board.cookies[guest]}, open_timeout=30, compression=None
    )


def send(socket: ClientConnection, op: dict[str, object]) -> dict[str, object]:
    """The answer to it."""
    socket.send(json.dumps({"ops": [op]}))
    while True:
        message = json.loads(socket.recv(timeout=30))
        for answer in message.get("done", []):
            if answer["id"] == op["id"]:
                return dict(answer)


def write_until_it_falls(board: MadeBoard, port: int, guest: int, sent: Sent) -> None:
    try:
        with open_socket(board, port, guest) as socket:
            while True:
                text = f"Lapp {secrets.token_hex(6)}"
                op = operation(text, board.column)
                sent.unanswered[text] = op
                if "seq" in send(socket, op):
                    sent.kept.append(text)
                    del sent.unanswered[text]
    except (OSError, WebSocketException, TimeoutError):
        return


def write_and_kill(server: Server, board: MadeBoard, sent: Sent, *, after_seconds: float) -> None:
    writers = [
        threading.Thread(target=write_until_it_falls, args=(board, server.port, guest, sent))
        for guest in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    enough, until = len(sent.kept) + WRITERS, time.monotonic() + 30
    while len(sent.kept) < enough and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(after_seconds)
    server.kill()
    for writer in writers:
        writer.join()


def test_a_killed_server_loses_no_note_that_was_answered_and_doubles_none(
    start_server: Callable[..., Server], settings_of_the_server: dict[str, str], data: Path
) -> None:
    [board] = make_boards(data, boards=1, guests=WRITERS, **settings_of_the_server)
    rng, sent = random.Random(20261123), Sent()
    for _ in range(KILLS):
        write_and_kill(start_server(**settings_of_the_server), board, sent, after_seconds=rng.uniform(0, 0.5))
    server = start_server(**settings_of_the_server)
    # Whoever saw no answer sends the same operation once more.
    with open_socket(board, server.port) as socket:
        again = [send(socket, op) for op in sent.unanswered.values()]
    assert [answer for answer in again if "seq" not in answer] == []
    server.stop()
    stands = json.loads(in_the_forum(_WHAT_STANDS.format(board=board.id), data=data, **settings_of_the_server))
    assert len(sent.kept) >= KILLS * WRITERS
    assert sorted(stands["notes"]) == sorted([*sent.kept, *sent.unanswered])
    assert (stands["is_the_logs"], stands["is_whole"]) == (True, True)


def test_twenty_that_drop_at_once_disturb_nobody_and_the_server_ends_when_it_is_told_to(
    start_server: Callable[..., Server], data: Path
) -> None:
    one, other = make_boards(data, boards=2, guests=20)
    server = start_server()
    dropped = [open_socket(one, server.port, guest) for guest in range(20)]
    with open_socket(other, server.port) as watching, open_socket(other, server.port, 1) as writing:
        for number, socket in enumerate(dropped):
            socket.send(json.dumps({"ops": [operation(f"Før {number}", one.column)]}))
            socket.socket.close()  # no farewell
        assert "seq" in send(writing, operation("Hos de andre", other.column))
        heard = ""
        while "Hos de andre" not in heard:
            heard = str(watching.recv(timeout=10))
    with open_socket(one, server.port) as again:
        assert "seq" in send(again, operation("Etterpå", one.column))
        began = time.monotonic()
        server.stop()
    assert time.monotonic() - began < 5 + 5  # the worker is told after the sockets


def test_nobody_else_comes_in_by_the_socket(start_server: Callable[..., Server], data: Path) -> None:
    one, other = make_boards(data, boards=2, guests=1)
    server = start_server()
    strangers = (
        {},
        {"Cookie": other.cookies[0]},
        # Another site's page, in the browser of somebody who may.
        {"Cookie": one.cookies[0], "Origin": "https://elsewhere.example"},
    )
    for headers in strangers:
        with pytest.raises(WebSocketException):
            connect(one.address(server.port), additional_headers=headers, open_timeout=30).close()
    with open_socket(one, server.port) as socket:
        for junk in ("{", "[]", '{"ops": 7}', '{"ops": [1, null, {"kind": "add"}]}', '{"c": "?"}', "x" * 10_000):
            socket.send(junk)
        assert "seq" in send(socket, operation("Fortsatt her", one.column))
