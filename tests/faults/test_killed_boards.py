"""kill -9 while a hall writes on a board: what was answered is there, once; and one that drops disturbs nobody."""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from kompetanse.refs import ALPHABET
from tests.faults.rooms import MadeBoard, make_boards
from tests.faults.server import Server, in_the_forum
from tests.faults.services import own_redis

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KF_TEST_KILLS", "5"))
WRITERS = 4

WHAT_STANDS = """
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
    stands = json.loads(in_the_forum(WHAT_STANDS.format(board=board.id), data=data, **settings_of_the_server))
    assert len(sent.kept) >= KILLS * WRITERS
    assert sorted(stands["notes"]) == sorted([*sent.kept, *sent.unanswered])
    assert (stands["is_the_logs"], stands["is_whole"]) == (True, True)


def test_twenty_that_drop_at_once_disturb_nobody(start_server: Callable[..., Server], data: Path) -> None:
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


def test_a_server_that_is_told_to_end_does_so_in_five_seconds_with_a_hall_on_it_and_keeps_what_it_answered(
    data: Path,
) -> None:
    [board] = make_boards(data, boards=1, guests=20)
    with Server(data, arguments=("--no-worker",)) as server, contextlib.ExitStack() as open_now:
        hall = [open_now.enter_context(open_socket(board, server.port, guest)) for guest in range(20)]
        kept = [text for text in ("En", "To", "Tre") if "seq" in send(hall[0], operation(text, board.column))]
        began = time.monotonic()
        server.stop()
        took = time.monotonic() - began
    stands = json.loads(in_the_forum(WHAT_STANDS.format(board=board.id), data=data))
    assert (kept, sorted(stands["notes"])) == (["En", "To", "Tre"], ["En", "To", "Tre"])
    assert took < 5


@pytest.fixture
def two_processes(settings_of_the_server: dict[str, str], data: Path, tmp_path: Path) -> Iterator[Two]:
    """A board, and sockets to it through both processes of a server: four at each, or more; every other is one guest's."""
    [board] = make_boards(data, boards=1, guests=40, **settings_of_the_server)
    with (
        own_redis(tmp_path) as redis,
        Server(
            data, settings=settings_of_the_server | {"KF_REDIS_URL": redis.url}, arguments=("--processes", "2")
        ) as server,
        contextlib.ExitStack() as open_now,
    ):
        held: dict[int, list[tuple[ClientConnection, bool]]] = {}
        for guest in range(40):
            socket = open_now.enter_context(open_socket(board, server.port, guest if guest % 2 else 0))
            held.setdefault(_peer(socket, server), []).append((socket, guest % 2 == 0))
            if len(held) == 2 and min(map(len, held.values())) >= 4:
                break
        assert [len(sockets) >= 4 for sockets in held.values()] == [True, True]
        yield Two(board, [each for sockets in held.values() for each in sockets])


@dataclass(frozen=True, slots=True)
class Two:
    board: MadeBoard
    # With whether it is the first guest's.
    sockets: list[tuple[ClientConnection, bool]]


def test_two_processes_have_one_order_and_all_see_all(
    two_processes: Two, settings_of_the_server: dict[str, str], data: Path
) -> None:
    """Everybody writes, and one who has several devices changes one note from all of them, through both at once."""
    board = two_processes.board
    writing, shared = (
        next(socket for socket, is_first in two_processes.sockets if is_first),
        operation("Alles", board.column),
    )
    first = send(writing, shared)
    devices = [
        DeviceOnBoard(socket, board, str(shared["item"]), int(str(first["seq"])), may_change=is_first)
        for socket, is_first in two_processes.sockets
    ]
    # `send` has heard it already for the one who wrote.
    next(device for device in devices if device.socket is writing).known[str(shared["item"])] = (0, "Alles")
    for device in devices:
        device.listen_until(0 if device.socket is writing else int(str(first["seq"])))
    writers = [threading.Thread(target=device.write, args=(15,)) for device in devices]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    # One more word after all of them: whoever has heard it has heard everything.
    last = devices[0].ask(operation("Sist", board.column))
    for device in devices:
        device.listen_until(int(str(last["seq"])))
    [heard] = {json.dumps(device.known, sort_keys=True) for device in devices}
    stands = json.loads(in_the_forum(WHAT_STANDS.format(board=board.id), data=data, **settings_of_the_server))
    assert (stands["is_the_logs"], stands["is_whole"]) == (True, True)
    assert sorted(stands["notes"]) == sorted(text for _seq, text in json.loads(heard).values())
    assert len(stands["notes"]) == 2 + 15 * len(devices)
    # Nobody wrote over words they had not seen: it was done on what stood there, or answered "conflict".
    assert {device.changed + device.conflicts for device in devices} == {0, 15}
    assert sum(device.changed for device in devices) >= 1


def test_what_one_drags_and_points_at_is_seen_through_the_other_process_and_not_kept(
    two_processes: Two, settings_of_the_server: dict[str, str], data: Path
) -> None:
    here, there = two_processes.sockets[0][0], two_processes.sockets[-1][0]
    noted = operation("Dras", two_processes.board.column)
    send(here, noted)
    here.send(json.dumps({"c": "cursor", "x": 40, "y": -7}))
    here.send(json.dumps({"c": "drag", "items": [noted["item"]], "x": 5, "y": 6, "in": two_processes.board.column}))
    began = time.monotonic()
    seen = _until_heard(there, "drags", "cursors")
    took = time.monotonic() - began
    [[number, *drag]] = seen["drags"]["at"]
    assert drag == [[noted["item"]], 5, 6, two_processes.board.column, ""]
    assert seen["cursors"]["at"] == [[number, 40, -7, "business"]]
    here.close()  # with the note in the hand
    assert _until_heard(there, "drags")["drags"]["at"] == [[number, [], 0, 0, "", ""]]
    stands = json.loads(
        in_the_forum(WHAT_STANDS.format(board=two_processes.board.id), data=data, **settings_of_the_server)
    )
    assert (stands["notes"], stands["is_the_logs"], stands["is_whole"]) == (["Dras"], True, True)
    assert took < 5


def _until_heard(socket: ClientConnection, *kinds: str) -> dict[str, Any]:
    """The first message of each kind."""
    heard: dict[str, Any] = {}
    while len(heard) < len(kinds):
        message = json.loads(socket.recv(timeout=10))
        if message["t"] in kinds:
            heard.setdefault(message["t"], message)
    return heard


@dataclass(slots=True)
class DeviceOnBoard:
    """A browser's memory of a board: the newest of each item, whatever order it was heard in."""

    socket: ClientConnection
    board: MadeBoard
    shared: str
    base: int
    may_change: bool
    known: dict[str, tuple[int, str]] = field(default_factory=dict)
    seq: int = 0
    changed: int = 0
    conflicts: int = 0

    def write(self, times: int) -> None:
        for number in range(times):
            assert "seq" in self.ask(operation(f"Fra {id(self)} nummer {number}", self.board.column))
            if not self.may_change:
                continue
            words = {"id": secrets.token_hex(10), "kind": "edit", "item": self.shared, "text": f"{id(self)} {number}"}
            answer = self.ask(words | {"base": self.base})
            self.changed += "seq" in answer
            self.conflicts += answer.get("no") == "conflict"

    def ask(self, op: dict[str, object]) -> dict[str, object]:
        self.socket.send(json.dumps({"ops": [op]}))
        while True:
            for answer in self.hear().get("done", []):
                if answer["id"] == op["id"]:
                    return dict(answer)

    def hear(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.socket.recv(timeout=30))
        self.seq = max(self.seq, message.get("seq", 0))
        for item in message.get("items", []):
            if item["kind"] == "note" and item["seq"] > self.known.get(item["id"], (0, ""))[0]:
                self.known[item["id"]] = (item["seq"], item["text"])
                if item["id"] == self.shared:
                    self.base = item["base"]
        return message

    def listen_until(self, seq: int) -> None:
        while self.seq < seq:
            self.hear()


def _until(socket: ClientConnection, text: str) -> None:
    while text not in str(socket.recv(timeout=10)):
        pass


def _peer(socket: ClientConnection, server: Server) -> int:
    """The process at the other end: the one that has the socket's other half among its open files."""
    here = socket.socket.getsockname()[1]
    [row] = [
        line.split()
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{server.port:04X}") and line.split()[2].endswith(f":{here:04X}")
    ]
    for child in _descendants(server.pid):
        for file in Path(f"/proc/{child}/fd").iterdir():
            with contextlib.suppress(OSError):
                if file.readlink().name == f"socket:[{row[9]}]":
                    return child
    raise AssertionError("no process holds it")


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _descendants(int(child)))]


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
        # Half a character beside what is sound: refused, and the pen goes on.
        half = [json.loads('{"id": "\\ud800", "kind": "add"}'), operation("Hel", one.column)]
        socket.send(json.dumps({"ops": half}))
        assert "seq" in send(socket, operation("Fortsatt her", one.column))


def test_a_guest_points_and_gathers_nobody_and_the_screen_writes_nothing(
    start_server: Callable[..., Server], data: Path
) -> None:
    [board] = make_boards(data, boards=1, guests=2)
    server = start_server()
    with open_socket(board, server.port) as kari, open_socket(board, server.port, 1) as ola:
        kari.send(json.dumps({"c": "gather", "item": board.column}))
        kari.send(json.dumps({"c": "cursor", "x": 40, "y": -7}))
        kari.send(json.dumps({"ops": [operation("Etter pekeren", board.column)]}))
        heard = _told_until(ola, "Etter pekeren")
        assert [message["at"][0][1:] for message in heard if message["t"] == "cursors"] == [[40, -7, "business"]]
        assert [message for message in heard if message["t"] == "gather"] == []
        address = f"{board.address(server.port)}&as=spectator"
        with connect(address, additional_headers={"Cookie": board.cookies[0]}, open_timeout=30) as screen:
            assert send(screen, operation("Fra skjermen", board.column)).get("no") == "not_now"
            send(kari, operation("Sist", board.column))
            assert "Fra skjermen" not in str(_told_until(screen, "Sist"))


def test_what_a_guest_drags_is_told_through_the_socket_and_put_down_when_it_breaks(
    start_server: Callable[..., Server], data: Path
) -> None:
    [board] = make_boards(data, boards=1, guests=2)
    server = start_server()
    with open_socket(board, server.port, 1) as ola:
        with open_socket(board, server.port) as kari:
            note = operation("I handa", board.column)
            send(kari, note)
            # A frame is the leader's alone to move, and nobody follows a guest.
            kari.send(json.dumps({"c": "drag", "items": [board.column], "x": 1}))
            kari.send(json.dumps({"c": "lead", "x": 1, "y": 2}))
            send(kari, operation("Midt imellom", board.column))
            kari.send(json.dumps({"c": "drag", "items": [note["item"]], "x": 5, "in": board.column}))
            heard = _told_until(ola, "drags")
            assert [message["t"] for message in heard if message["t"] in ("lead", "drags")] == ["drags"]
            assert heard[-1]["at"][0][1:] == [[note["item"]], 5, 0, board.column, ""]
        assert _told_until(ola, "drags")[-1]["at"][0][1:] == [[], 0, 0, "", ""]


def _told_until(socket: ClientConnection, text: str) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []
    while text not in str(heard):
        heard.append(json.loads(socket.recv(timeout=10)))
    return heard
