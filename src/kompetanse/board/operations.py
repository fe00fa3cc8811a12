"""One operation on a board: read what was sent, and decide what it changes or why it may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kompetanse.board.items import PLACES, Item, ItemKind, Value
from kompetanse.board.phases import Right
from kompetanse.refs import ALPHABET, PUBLIC_ID_LENGTH

MOST_CHARACTERS = 500
_ID = re.compile(f"[{ALPHABET}]{{{PUBLIC_ID_LENGTH}}}")
# Made by the one who sends, so that what is sent twice is known as one.
_OP_ID = re.compile(r"[0-9A-Za-z_.-]{8,40}")


_TEXTS = ("item", "text", "inside", "before", "into", "sector", "reason")
_LONGEST_SECTOR, _LONGEST_REASON = 20, 200


class OpKind(StrEnum):
    ADD = "add"
    EDIT = "edit"
    MOVE = "move"
    DELETE = "delete"
    RESTORE = "restore"
    MERGE = "merge"
    PART = "part"
    HOLD = "hold"
    RELEASE = "release"
    ERASE = "erase"


_KINDS = frozenset(kind.value for kind in OpKind)
_WHATS = frozenset(what.value for what in ItemKind)
# Only for the one who leads.
LEADING = frozenset({OpKind.HOLD, OpKind.RELEASE, OpKind.ERASE})


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


@dataclass(frozen=True, slots=True)
class Decision:
    """What changes of the item, field by field, and what those fields were."""

    payload: Mapping[str, Value]
    was: Mapping[str, Value] = field(default_factory=dict)


def read_wish(sent: object) -> Wish | Refusal:
    """What a browser sent, as JSON values. Never raises: whatever comes that is no wish is MALFORMED."""
    if not isinstance(sent, dict):
        return Refusal.MALFORMED
    texts = {name: sent.get(name, "") for name in _TEXTS}
    op_id, kind, what, base = sent.get("id"), sent.get("kind"), sent.get("what", "note"), sent.get("base", 0)
    is_proxy = sent.get("is_proxy", False)
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
    )
    if not is_read:
        return Refusal.MALFORMED
    texts["text"] = texts["text"].strip()
    return Wish(
        op_id=str(op_id), kind=OpKind(str(kind)), what=ItemKind(str(what)), base=base, is_proxy=is_proxy, **texts
    )


def _are_sound(texts: Mapping[str, object]) -> bool:
    """Text that a table takes, ids that are ids, and no more than fits."""
    values = [text for text in texts.values() if isinstance(text, str) and "\0" not in text and _is_utf8(text)]
    if len(values) < len(texts):
        return False
    ids = [texts["item"], *(texts[name] for name in ("inside", "before", "into") if texts[name])]
    return (
        all(_ID.fullmatch(str(each)) for each in ids)
        and len(str(texts["sector"])) <= _LONGEST_SECTOR
        and len(str(texts["reason"])) <= _LONGEST_REASON
    )


def _is_utf8(text: str) -> bool:
    """JSON can spell half a character, which no table takes."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def decide(
    wish: Wish,
    *,
    item: Item | None,
    target: Item | None,
    rank: str,
    seq: int,
    author: str,
    rights: frozenset[Right],
    is_leading: bool,
    is_hidden: bool,
) -> Decision | Refusal:
    """What operation number `seq` changes. `target` is what it is put in, or merged into; `rank` its place there.

    `is_hidden`: what is added is for its author alone until it is shown.
    """
    is_own = item is not None and bool(author) and item.author == author
    if not _may(wish, item, rights=rights, is_leading=is_leading, is_own=is_own):
        return Refusal.NOT_NOW
    if item is not None and not item.revealed_seq and not is_own:
        return Refusal.GONE  # what one cannot see is not there
    if wish.kind == OpKind.ADD:
        return _add(wish, item=item, target=target, rank=rank, seq=seq, author=author, is_hidden=is_hidden)
    if item is None or item.is_erased:
        return Refusal.GONE
    return _CHANGES[wish.kind](wish, item, target, rank, seq, author)


def _may(wish: Wish, item: Item | None, *, rights: frozenset[Right], is_leading: bool, is_own: bool) -> bool:
    kind = item.kind if item is not None else wish.what
    if wish.kind in LEADING or kind == ItemKind.COLUMN:
        # One's own words are always one's own to erase.
        return is_leading or (wish.kind == OpKind.ERASE and is_own)
    if wish.kind == OpKind.MOVE:
        return Right.MOVE in rights or (is_own and Right.CHANGE_OWN in rights)
    if wish.kind in (OpKind.MERGE, OpKind.PART):
        return Right.MERGE in rights
    if kind == ItemKind.GROUP:
        return Right.GROUP in rights
    if wish.kind == OpKind.ADD:
        return (Right.COMMENT if kind == ItemKind.COMMENT else Right.ADD) in rights
    return (is_own or is_leading) and bool({Right.CHANGE_OWN, Right.COMMENT} & rights)


def _add(
    wish: Wish, *, item: Item | None, target: Item | None, rank: str, seq: int, author: str, is_hidden: bool
) -> Decision | Refusal:
    if item is not None:
        return Refusal.TAKEN
    if refusal := _wrong_text(wish.text):
        return refusal
    if not _fits(wish.what, target, author):
        return Refusal.PLACE
    is_own_alone = is_hidden and wish.what in (ItemKind.NOTE, ItemKind.COMMENT)
    return Decision(
        {
            "kind": wish.what.value,
            "text": wish.text,
            "inside": wish.inside,
            "rank": rank,
            "author": author,
            "sector": wish.sector,
            "is_proxy": wish.is_proxy,
            "text_seq": seq,
            "revealed_seq": 0 if is_own_alone else seq,
        }
    )


def _wrong_text(text: str) -> Refusal | None:
    if not text:
        return Refusal.EMPTY
    return Refusal.TOO_LONG if len(text) > MOST_CHARACTERS else None


def _fits(what: ItemKind, target: Item | None, author: str) -> bool:
    if target is None:
        return what == ItemKind.COLUMN
    is_seen = bool(target.revealed_seq) or target.author == author
    return target.is_standing and is_seen and target.kind in PLACES[what]


def _edit(wish: Wish, item: Item, _target: Item | None, _rank: str, seq: int, _author: str) -> Decision | Refusal:
    if not item.is_standing:
        return Refusal.GONE
    if refusal := _wrong_text(wish.text):
        return refusal
    if wish.text != item.text and wish.base != item.text_seq:
        return Refusal.CONFLICT
    return Decision({"text": wish.text, "text_seq": seq}, {"text": item.text, "text_seq": item.text_seq})


def _move(wish: Wish, item: Item, target: Item | None, rank: str, _seq: int, author: str) -> Decision | Refusal:
    if not item.is_standing:
        return Refusal.GONE  # delete beats move
    if wish.inside == item.id or not _fits(item.kind, target, author):
        return Refusal.PLACE
    return Decision({"inside": wish.inside, "rank": rank}, {"inside": item.inside, "rank": item.rank})


def _merge(wish: Wish, item: Item, target: Item | None, _rank: str, _seq: int, author: str) -> Decision | Refusal:
    if not item.is_standing or item.kind != ItemKind.NOTE:
        return Refusal.GONE
    is_note = target is not None and target.kind == ItemKind.NOTE and target.is_standing and target.id != item.id
    if not is_note or target is None or not (target.revealed_seq or target.author == author):
        return Refusal.PLACE
    return Decision({"merged_into": target.id}, {"merged_into": ""})


def _part(_wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision | Refusal:
    if not item.merged_into or item.is_deleted:
        return Refusal.GONE
    return Decision({"merged_into": ""}, {"merged_into": item.merged_into})


def _delete(_wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision | Refusal:
    return Refusal.GONE if item.is_deleted else Decision({"is_deleted": True}, {"is_deleted": False})


def _restore(_wish: Wish, item: Item, target: Item | None, rank: str, _seq: int, _author: str) -> Decision | Refusal:
    if not item.is_deleted:
        return Refusal.GONE
    if item.kind == ItemKind.COLUMN or (target is not None and target.is_standing):
        return Decision({"is_deleted": False}, {"is_deleted": True})
    return Refusal.PLACE


def _hold(wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision | Refusal:
    if item.is_held or item.is_deleted:
        return Refusal.GONE
    return Decision({"is_held": True, "held_reason": wish.reason}, {"is_held": False, "held_reason": ""})


def _release(_wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision | Refusal:
    if not item.is_held:
        return Refusal.GONE
    return Decision({"is_held": False, "held_reason": ""}, {"is_held": True, "held_reason": item.held_reason})


def _erase(_wish: Wish, _item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision:
    # There is no way back from it, so what was is not told.
    return Decision({"text": "", "author": "", "is_erased": True, "held_reason": ""})


_CHANGES = {
    OpKind.EDIT: _edit,
    OpKind.MOVE: _move,
    OpKind.MERGE: _merge,
    OpKind.PART: _part,
    OpKind.DELETE: _delete,
    OpKind.RESTORE: _restore,
    OpKind.HOLD: _hold,
    OpKind.RELEASE: _release,
    OpKind.ERASE: _erase,
}
