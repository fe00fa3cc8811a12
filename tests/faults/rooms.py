"""Boards in a forum of their own, and devices that hold a socket open to one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.faults.server import in_the_forum

_MAKE = """
import json
from django.conf import settings
from django.http import HttpRequest
from django.contrib.sessions.backends.db import SessionStore
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.boards.actions import join_board, open_board
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.core.held import hold
from kompetanseforum.core.refs import ref

def device(guest):
    request = HttpRequest()
    request.session = SessionStore()
    hold(request, ref(guest))
    request.session.save()
    return request.session.session_key

by = add_person(name="Kari Lunde")
made = []
for number in range({boards}):
    board = open_board(title="Tavle", pattern=pattern_called("open_wall"), by=by)
    made.append({{
        "id": board.public_id,
        "column": board.items.order_by("rank").first().public_id,
        "cookies": [
            settings.SESSION_COOKIE_NAME + "=" + device(join_board(board=board, alias=str(guest), sector="business"))
            for guest in range({guests})
        ],
    }})
print(json.dumps(made))
"""


@dataclass(frozen=True, slots=True)
class MadeBoard:
    id: str
    column: str
    # A Cookie header for each guest's device.
    cookies: list[str]

    def address(self, port: int, since: int = 0) -> str:
        return f"ws://127.0.0.1:{port}/tavler/{self.id}/samtidig?since={since}"


def make_boards(data: Path, *, boards: int, guests: int, **settings: str) -> list[MadeBoard]:
    said = in_the_forum(_MAKE.format(boards=boards, guests=guests), data=data, **settings)
    return [MadeBoard(**row) for row in json.loads(said.splitlines()[-1])]
