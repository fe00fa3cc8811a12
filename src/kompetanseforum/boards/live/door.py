"""What one browser says through its socket, and what it is answered."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings

from kompetanse.board import OpKind, Refusal, Wish
from kompetanseforum.boards.actions import Done
from kompetanseforum.boards.forms import answer, wishes_in
from kompetanseforum.boards.live.frames import frame, read
from kompetanseforum.boards.live.hand import Hand
from kompetanseforum.boards.live.pen import READER, in_thread
from kompetanseforum.boards.live.presence import carried_in, gathering_in, position_in
from kompetanseforum.boards.live.rooms import ROOMS, Room, Watcher
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who, board_by_id, who_on
from kompetanseforum.boards.rules import MOST_OPERATIONS, MOST_PASSING, OPERATIONS_SECONDS, PERMISSION_OF
from kompetanseforum.core import wire
from kompetanseforum.core.live import Caller, Receive, Send, SocketDoor, announce
from kompetanseforum.core.permissions import may
from kompetanseforum.core.sockets import NOT_ALLOWED

PONG = frame({"t": "pong"})

# Command → permission. An operation asks for its own besides, and for what the phase allows.
COMMANDS: Mapping[str, str] = {
    **{kind.value: PERMISSION_OF[kind] for kind in OpKind},
    # Somebody has begun a note in a column: told to the others, never kept.
    "writing": "boards.take_part",
    # Where one points, what one drags; and where all are asked to look.
    "cursor": "boards.take_part",
    "drag": "boards.take_part",
    "gather": "boards.lead_board",
    # Where the one who leads looks now, for those who follow.
    "lead": "boards.lead_board",
    # Are you there?
    "ping": "",
}


async def serve(about: object, caller: Caller, receive: Receive, send: Send) -> None:
    assert isinstance(about, Board)  # as `of` gives it
    board = about
    who = await in_thread(READER, lambda: who_on(board, caller.viewer))
    if who is None:
        await send({"type": "websocket.close", "code": NOT_ALLOWED})
        return
    if (await receive())["type"] != "websocket.connect":
        return
    await send({"type": "websocket.accept"})
    watcher = Watcher(who, caller.wire, is_spectator=who.is_spectator or caller.query.get("as") == "spectator")
    room = ROOMS.enter(board, watcher)
    try:
        await _catch_up(room, watcher, caller)
        room.count_soon()
        await _listen(room, watcher, caller, receive)
    finally:
        ROOMS.leave(room, watcher)
        room.count_soon()


async def _catch_up(room: Room, watcher: Watcher, caller: Caller) -> None:
    """What happened since the page was made, or since the line broke."""
    given = caller.query.get("since", "0")
    since = int(given) if given.isdecimal() and len(given) < 16 else 0
    told = await in_thread(READER, partial(read, room.board.public_id, since))
    # Its own number, so that it knows its own cursor among the others'.
    watcher.wire.write(frame({"t": "you", "n": watcher.number}))
    if told is not None:
        watcher.wire.write(wire.frame(told.frame_for(watcher.who.ref)))
        room.is_at(told.seq)
    watcher.is_caught_up()


async def _listen(room: Room, watcher: Watcher, caller: Caller, receive: Receive) -> None:
    pace, hand = _Pace(), Hand(room, watcher)
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text") or ""
        try:
            sent = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if not isinstance(sent, dict) or not pace.allows(sent):
            continue
        if sent.get("c") == "drag":
            hand.holds(carried_in(sent))
        else:
            _answer(room, watcher, caller, sent)


def _answer(room: Room, watcher: Watcher, caller: Caller, sent: dict[str, Any]) -> None:
    if "ops" in sent:
        _do(room, watcher, caller, sent["ops"])
    elif sent.get("c") == "writing" and isinstance(sent.get("in"), str) and len(sent["in"]) <= 10:
        room.is_writing(watcher, sent["in"])
    elif sent.get("c") == "cursor" and (position := position_in(sent)):
        room.point(watcher, *position)
    elif (command := sent.get("c")) in ("gather", "lead") and (place := gathering_in(sent)):
        if watcher.who.is_leading and may(caller.viewer, COMMANDS[command], room.board):
            room.spawn(in_thread(READER, partial(announce, place.topic(room.board.public_id, command), 0)))
    elif sent.get("c") == "ping":
        watcher.give(PONG)


def _do(room: Room, watcher: Watcher, caller: Caller, ops: object) -> None:
    wishes, refused = wishes_in(ops)
    may_write = [] if watcher.is_spectator else wishes
    allowed = [wish for wish in may_write if _may(caller, room.board, wish, watcher.who)]
    refused += [Done(wish.op_id, refusal=Refusal.NOT_NOW) for wish in wishes if wish not in allowed]

    def answered(done: list[Done] | None) -> None:
        if done is None:
            # Told in the log already. The browser keeps what it sent, and sends it again when it comes back.
            watcher.wire.drop()
        else:
            watcher.give(frame({"t": "done", "done": [answer(each) for each in [*done, *refused]]}))

    if allowed:
        ROOMS.write(room, watcher, allowed, answered)
    else:
        answered([])


def _may(caller: Caller, board: Board, wish: Wish, who: Who) -> bool:
    name = COMMANDS[wish.kind.value]
    # Whoever came in may take part; leading is asked for by role, which needs no table.
    return name == "boards.take_part" or (who.is_leading and may(caller.viewer, name, board))


class _Pace:
    """How much one socket may say in a minute: a person does not reach it, a script does."""

    def __init__(self) -> None:
        self._window, self._said = 0, 0
        self._passing: Counter[str] = Counter()

    def allows(self, sent: dict[str, Any]) -> bool:
        window = int(time.monotonic()) // OPERATIONS_SECONDS
        if window != self._window:
            self._window, self._said = window, 0
            self._passing.clear()
        command = sent.get("c")
        if command in ("cursor", "drag"):
            # Of these there are ten a second, and they take nothing from what one writes.
            self._passing[command] += 1
            return self._passing[command] <= MOST_PASSING
        ops = sent.get("ops")
        self._said += len(ops) if isinstance(ops, list) else 1
        return self._said <= MOST_OPERATIONS * 2 or not settings.LIMITS_ARE_ON


DOOR = SocketDoor(
    name="boards:live",
    path="tavler/<public_id>/samtidig",
    permission="boards.see_board",
    of=board_by_id,
    serve=serve,
    commands=COMMANDS,
)
