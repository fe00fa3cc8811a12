"""What is told of a board, made into bytes once: the same to all but those who see something of their own in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kompetanseforum.boards.actions import Performed
from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.log import changes_since
from kompetanseforum.boards.queries.people import Who, names_on
from kompetanseforum.boards.queries.shown import may_be_told, told
from kompetanseforum.core import wire

# One for all: `json.dumps` makes a new one at each call.
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def text_of(content: Mapping[str, Any]) -> str:
    return _encoder.encode(content)


def frame(content: Mapping[str, Any]) -> bytes:
    return wire.frame(text_of(content))


@dataclass(frozen=True, slots=True)
class Told:
    """Rows that changed after one number, up to another, ready to be made into frames."""

    before: int
    seq: int
    rows: Sequence[Item]
    is_board_changed: bool
    names: Mapping[str, str]

    def frame_for(self, ref: str) -> str:
        """As the holder of this Ref may see it; "" is anybody."""
        return self._told(self.rows, ref, seq=self.seq, state=self.is_board_changed)

    def _told(self, rows: Iterable[Item], ref: str, *, seq: int, state: bool) -> str:
        who = Who(ref=ref, name="", sector="", is_leading=False)
        items = [told(row, who_ref=ref, names=self.names) for row in rows if may_be_told(row, who)]
        return text_of({"t": "items", "seq": seq, "items": items, "state": state})

    def made(self) -> Made:
        own: dict[str, list[Item]] = defaultdict(list)
        for row in self.rows:
            if row.author:
                own[row.author].append(row)
        return Made(
            seq=self.seq,
            shared=wire.frame(self.frame_for("")),
            own={ref: wire.frame(self._told(rows, ref, seq=self.before, state=False)) for ref, rows in own.items()},
        )


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes: for all, and before them, for each who has something of their own among it, that.

    A browser passes over what it has already with that number, so what all are told does not take one's own from one.
    """

    seq: int
    shared: bytes
    own: Mapping[str, bytes]


def read(board_id: str, since: int) -> Told | None:
    """From the tables. None: no such board."""
    changes = changes_since(board_id, since)
    if changes is None:
        return None
    names = names_on(changes.board) if changes.board.names_are_shown else {}
    return Told(since, changes.seq, changes.rows, is_board_changed=changes.is_board_changed, names=names)


def told_of(performed: Performed) -> Told:
    """What has just been written, which need not be read again."""
    names = names_on(performed.board) if performed.board.names_are_shown else {}
    return Told(performed.before, performed.after, performed.rows, is_board_changed=False, names=names)
