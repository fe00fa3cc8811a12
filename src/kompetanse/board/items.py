"""What lies on a board, and how a log of operations makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

# The item of an operation on the board itself: a phase begins, all is shown.
BOARD_WIDE = ""
Value = str | int | bool


class ItemKind(StrEnum):
    COLUMN = "column"
    GROUP = "group"
    NOTE = "note"
    COMMENT = "comment"


# What may lie in what; a column lies on the board itself.
PLACES: Mapping[ItemKind, frozenset[ItemKind]] = {
    ItemKind.COLUMN: frozenset(),
    ItemKind.GROUP: frozenset({ItemKind.COLUMN}),
    ItemKind.NOTE: frozenset({ItemKind.COLUMN, ItemKind.GROUP}),
    ItemKind.COMMENT: frozenset({ItemKind.NOTE}),
}


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

    @property
    def is_standing(self) -> bool:
        """Lies on the board for those who may see it."""
        return not (self.is_deleted or self.is_held or self.is_erased or self.merged_into)


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
            items = {key: item if item.revealed_seq else replace(item, revealed_seq=seq) for key, item in items.items()}
        elif item_id != BOARD_WIDE:
            items[item_id] = changed(items.get(item_id), item_id, payload)
    return items
