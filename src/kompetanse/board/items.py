"""What lies on a board, and how a log of operations makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

# The item of an operation on the board itself: a phase begins, all is shown.
BOARD_WIDE = ""
Value = str | int | bool


class ItemKind(StrEnum):
    # A column of the wall, which is a frame on the canvas.
    COLUMN = "column"
    GROUP = "group"
    NOTE = "note"
    COMMENT = "comment"
    # One word from one person about a note: "agree".
    REACTION = "reaction"
    # A picture or a document: on a note, in a frame, or on the canvas itself. Its text says what it shows.
    FILE = "file"
    # Words without paper, shapes, connectors between what stands there, and strokes drawn by hand.
    TEXT = "text"
    SHAPE = "shape"
    CONNECTOR = "connector"
    INK = "ink"


# What is drawn on the canvas; it may lie on the board itself.
DRAWN = frozenset({ItemKind.TEXT, ItemKind.SHAPE, ItemKind.CONNECTOR, ItemKind.INK})
# What may say nothing: it is seen, and named by what it is.
WORDLESS = frozenset({ItemKind.SHAPE, ItemKind.CONNECTOR, ItemKind.INK})
# What lies on the board itself, outside every frame.
ON_THE_BOARD = DRAWN | {ItemKind.COLUMN, ItemKind.FILE}

# What may lie in what.
PLACES: Mapping[ItemKind, frozenset[ItemKind]] = {
    ItemKind.COLUMN: frozenset(),
    ItemKind.GROUP: frozenset({ItemKind.COLUMN}),
    ItemKind.NOTE: frozenset({ItemKind.COLUMN, ItemKind.GROUP}),
    ItemKind.COMMENT: frozenset({ItemKind.NOTE}),
    ItemKind.REACTION: frozenset({ItemKind.NOTE}),
    ItemKind.FILE: frozenset({ItemKind.COLUMN, ItemKind.NOTE}),
    **dict.fromkeys(DRAWN, frozenset({ItemKind.COLUMN})),
}

# How something drawn looks: its shape, or what a connector ends in. The first of each is what it gets unasked.
LOOKS: Mapping[ItemKind, tuple[str, ...]] = {
    ItemKind.SHAPE: ("rectangle", "ellipse", "diamond"),
    ItemKind.CONNECTOR: ("arrow", "line"),
}
# The words one can say to a note.
REACTIONS = ("agree", "question", "join")


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    kind: ItemKind
    text: str = ""
    # The id of what it lies in; "" for the board.
    inside: str = ""
    rank: str = ""
    # Ref of the one who wrote it; "" once nobody knows.
    author: str = ""
    sector: str = ""
    # Written for somebody in the room who has no device.
    is_proxy: bool = False
    # The operation that last changed the text, against which a change is stale; and the one that showed it to all (0: not yet).
    text_seq: int = 0
    revealed_seq: int = 0
    is_deleted: bool = False
    # Taken away by the one who leads, with a reason.
    is_held: bool = False
    held_reason: str = ""
    is_erased: bool = False
    merged_into: str = ""
    # Not to be seen by others before the one who leads has let it through.
    is_waiting: bool = False
    # Where it lies on the canvas, from the corner of what it lies in; no width: it has been given no place yet.
    x: int = 0
    y: int = 0
    w: int = 0
    h: int = 0
    # One of LOOKS.
    look: str = ""
    # A stroke's points "x,y x,y …" within its box, or what a connector joins: "id>id".
    path: str = ""
    # The public id of what was handed in.
    file: str = ""

    @property
    def is_standing(self) -> bool:
        """Lies on the board for those who may see it."""
        return not (self.is_deleted or self.is_held or self.is_erased or self.merged_into)

    @property
    def is_for_showing(self) -> bool:
        """Hidden, and shown when all is shown."""
        return not (self.revealed_seq or self.is_waiting)


def changed(item: Item | None, item_id: str, payload: Mapping[str, Value]) -> Item:
    """The item after an operation; None is one that was not there."""
    values = dict(payload)
    if "kind" in values:
        values["kind"] = ItemKind(str(values["kind"]))
    if item is None:
        return Item(id=item_id, **values)  # type: ignore[arg-type]  # the payload's keys are the item's fields
    return replace(item, **values)  # type: ignore[arg-type]


def replay(log: Iterable[tuple[int, str, str, Mapping[str, Value]]]) -> dict[str, Item]:
    """(seq, kind, item, payload) in order → the items. What is written in the tables must equal this."""
    items: dict[str, Item] = {}
    for seq, kind, item_id, payload in log:
        if kind == "reveal":
            items = {
                key: replace(item, revealed_seq=seq) if item.is_for_showing else item for key, item in items.items()
            }
        elif item_id != BOARD_WIDE:
            items[item_id] = changed(items.get(item_id), item_id, payload)
    return items
