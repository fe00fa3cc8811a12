"""What is asked for on a board: an operation as it was sent, and whether it can be read at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kompetanse.board.items import ItemKind, Value
from kompetanse.refs import ALPHABET, PUBLIC_ID_LENGTH

MOST_CHARACTERS = 500
_ID = re.compile(f"[{ALPHABET}]{{{PUBLIC_ID_LENGTH}}}")
# Made by the one who sends, so that what is sent twice is known as one.
_OP_ID = re.compile(r"[0-9A-Za-z_.-]{8,40}")
# JSON can spell half a character, which no table takes; nor does it take a nought.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


_TEXTS = ("item", "text", "inside", "before", "into", "sector", "reason", "look", "path")
_IDS = frozenset({"item", "inside", "before", "into"})
# A stroke across a whole screen, drawn slowly, is a third of it.
LONGEST_PATH = 12_000
_LONGEST = {"sector": 20, "reason": 200, "path": LONGEST_PATH}
_NUMBERS = ("x", "y", "w", "h")
FARTHEST, SMALLEST, LARGEST = 100_000, 8, 20_000


class OpKind(StrEnum):
    ADD = "add"
    EDIT = "edit"
    MOVE = "move"
    DELETE = "delete"
    RESTORE = "restore"
    MERGE = "merge"
    PART = "part"
    # Where it lies on the canvas, and how large it is there.
    PLACE = "place"
    LOOK = "look"
    HOLD = "hold"
    RELEASE = "release"
    # Something that waited is let through.
    APPROVE = "approve"
    ERASE = "erase"


_KINDS = frozenset(kind.value for kind in OpKind)
# A file comes with its contents, and a reaction once a person, so both have doors of their own.
_WHATS = frozenset(what.value for what in ItemKind) - {ItemKind.FILE.value, ItemKind.REACTION.value}


class Refusal(StrEnum):
    """Why an operation was not done; the words for it are the platform's."""

    MALFORMED = "malformed"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    # The item is not there, or no longer.
    GONE = "gone"
    # An item with that id is there already.
    TAKEN = "taken"
    # It cannot lie there.
    PLACE = "place"
    # Others have changed the text since; nothing is overwritten.
    CONFLICT = "conflict"
    # Not in this phase, or not one's own.
    NOT_NOW = "not_now"
    # The one who leads has let it through as it stands.
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Wish:
    """An operation as it was asked for. `base` is the `text_seq` that an edit was made upon."""

    op_id: str
    kind: OpKind
    item: str
    what: ItemKind = ItemKind.NOTE
    text: str = ""
    inside: str = ""
    # The id of the one it is put before; "" puts it last.
    before: str = ""
    into: str = ""
    base: int = 0
    sector: str = ""
    reason: str = ""
    is_proxy: bool = False
    # A place on the canvas; no width: none is asked for.
    x: int = 0
    y: int = 0
    w: int = 0
    h: int = 0
    look: str = ""
    path: str = ""
    file: str = ""

    @property
    def place(self) -> dict[str, Value]:
        return {"x": self.x, "y": self.y, "w": self.w, "h": self.h}


def read_wish(sent: object) -> Wish | Refusal:
    """What a browser sent, as JSON values. Never raises: whatever comes that is no wish is MALFORMED."""
    if not isinstance(sent, dict):
        return Refusal.MALFORMED
    texts = {name: sent[name] for name in _TEXTS if name in sent}
    op_id, kind, what, base = sent.get("id"), sent.get("kind"), sent.get("what", "note"), sent.get("base", 0)
    is_proxy = sent.get("is_proxy", False)
    numbers = {name: sent[name] for name in _NUMBERS if name in sent}
    is_read = (
        isinstance(op_id, str)
        and _OP_ID.fullmatch(op_id)
        and isinstance(kind, str)
        and kind in _KINDS
        and isinstance(what, str)
        and what in _WHATS
        and type(base) is int
        and isinstance(is_proxy, bool)
        and _are_sound(texts)
        and _is_place(numbers)
    )
    if not is_read:
        return Refusal.MALFORMED
    if "text" in texts:
        texts["text"] = texts["text"].strip()
    return Wish(
        op_id=str(op_id),
        kind=OpKind(str(kind)),
        what=ItemKind(str(what)),
        base=base,
        is_proxy=is_proxy,
        **texts,
        **numbers,
    )


def _is_place(numbers: Mapping[str, object]) -> bool:
    """All four, on a canvas that has an end; or none."""
    if any(type(number) is not int for number in numbers.values()):
        return False
    if not any(numbers.values()):
        return True
    x, y, w, h = (int(str(numbers.get(name, 0))) for name in _NUMBERS)
    return max(abs(x), abs(y)) <= FARTHEST and SMALLEST <= w <= LARGEST and SMALLEST <= h <= LARGEST


def _are_sound(texts: Mapping[str, object]) -> bool:
    """Text that a table takes, ids that are ids, and no more than fits."""
    for name, text in texts.items():
        if not isinstance(text, str) or _NO_TEXT.search(text) or len(text) > _LONGEST.get(name, len(text)):
            return False
        if name in _IDS and text and not _ID.fullmatch(text):
            return False
    return bool(texts.get("item"))
