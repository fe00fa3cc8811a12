"""One operation on a board: what it changes, or why it may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kompetanse.board.items import LOOKS, ON_THE_BOARD, PLACES, REACTIONS, WORDLESS, Item, ItemKind, Value
from kompetanse.board.phases import Right
from kompetanse.board.wishes import MOST_CHARACTERS, OpKind, Refusal, Wish
from kompetanse.refs import ALPHABET, PUBLIC_ID_LENGTH

# Only for the one who leads.
LEADING = frozenset({OpKind.HOLD, OpKind.RELEASE, OpKind.APPROVE, OpKind.ERASE})
_SAID_TO_A_NOTE = frozenset({ItemKind.COMMENT, ItemKind.REACTION})
_POINT = r"-?\d{1,5},-?\d{1,5}"
_STROKE = re.compile(f"{_POINT}(?: {_POINT})*")
_JOINS = re.compile(f"[{ALPHABET}]{{{PUBLIC_ID_LENGTH}}}>[{ALPHABET}]{{{PUBLIC_ID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Decision:
    """What changes of the item, field by field, and what those fields were."""

    payload: Mapping[str, Value]
    was: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Alone:
    """Why what is added is its author's alone at first."""

    is_hidden: bool
    is_waiting: bool


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
    is_approved_first: bool = False,
) -> Decision | Refusal:
    """What operation number `seq` changes. `target` is what it is put in, or merged into; `rank` its place there.

    `is_hidden`: what is added is for its author alone until it is shown. `is_approved_first`: until it is let through.
    """
    is_own = item is not None and bool(author) and item.author == author
    if not _may(wish, item, rights=rights, is_leading=is_leading, is_own=is_own):
        return Refusal.NOT_NOW
    is_seen = item is None or bool(item.revealed_seq) or is_own or (item.is_waiting and is_leading)
    if not is_seen:
        return Refusal.GONE  # what one cannot see is not there
    is_waiting = is_approved_first and not is_leading
    if wish.kind == OpKind.ADD:
        alone = _Alone(is_hidden=is_hidden, is_waiting=is_waiting)
        return _add(wish, item=item, target=target, rank=rank, seq=seq, author=author, alone=alone)
    if item is None or item.is_erased:
        return Refusal.GONE
    if wish.kind == OpKind.APPROVE:
        return _approve(item, seq=seq, is_hidden=is_hidden)
    is_approved = wish.kind == OpKind.EDIT and is_waiting and not item.is_waiting
    return Refusal.APPROVED if is_approved else _CHANGES[wish.kind](wish, item, target, rank, seq, author)


def _may(wish: Wish, item: Item | None, *, rights: frozenset[Right], is_leading: bool, is_own: bool) -> bool:
    kind = item.kind if item is not None else wish.what
    if wish.kind in LEADING or kind == ItemKind.COLUMN:
        # One's own words are always one's own to erase.
        return is_leading or (wish.kind == OpKind.ERASE and is_own)
    if wish.kind in (OpKind.MOVE, OpKind.PLACE):
        return _may_carry(rights, is_own=is_own)
    if wish.kind in (OpKind.MERGE, OpKind.PART):
        return Right.MERGE in rights
    if kind == ItemKind.GROUP:
        return Right.GROUP in rights
    if wish.kind == OpKind.ADD:
        return (Right.COMMENT if kind in _SAID_TO_A_NOTE else Right.ADD) in rights
    may_change = is_own or is_leading or (Right.CHANGE_ANY in rights and kind == ItemKind.NOTE)
    return may_change and bool({Right.CHANGE_OWN, Right.COMMENT} & rights)


def _may_carry(rights: frozenset[Right], *, is_own: bool) -> bool:
    return Right.MOVE in rights or (is_own and Right.CHANGE_OWN in rights)


def may_move(item: Item, *, rights: frozenset[Right], is_leading: bool, is_own: bool) -> bool:
    """Before it is done: while somebody drags it."""
    return is_leading if item.kind == ItemKind.COLUMN else _may_carry(rights, is_own=is_own)


def _add(
    wish: Wish,
    *,
    item: Item | None,
    target: Item | None,
    rank: str,
    seq: int,
    author: str,
    alone: _Alone,
) -> Decision | Refusal:
    if item is not None:
        return Refusal.TAKEN
    if refusal := _wrong_text(wish.text, wish.what) or _wrong_drawing(wish):
        return refusal
    if not _fits(wish.what, wish.inside, target, author):
        return Refusal.PLACE
    # A reaction is one of our own words, so nobody has to look at it first.
    waits = alone.is_waiting and wish.what not in (ItemKind.COLUMN, ItemKind.REACTION)
    is_own_alone = waits or (alone.is_hidden and wish.what not in (ItemKind.COLUMN, ItemKind.GROUP))
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
            **({"is_waiting": True} if waits else {}),
            **(wish.place if wish.w else {}),
            **_drawn(wish),
        }
    )


def _drawn(wish: Wish) -> dict[str, Value]:
    """What only some kinds have; the log of a note stays short."""
    look = wish.look or next(iter(LOOKS.get(wish.what, ())), "")
    return {name: value for name, value in (("look", look), ("path", wish.path), ("file", wish.file)) if value}


def _wrong_text(text: str, what: ItemKind) -> Refusal | None:
    if not text and what not in WORDLESS:
        return Refusal.EMPTY
    return Refusal.TOO_LONG if len(text) > MOST_CHARACTERS else None


def _wrong_drawing(wish: Wish) -> Refusal | None:
    """Only what has looks has one of them; only strokes and connectors have a path, each of its form."""
    forms = {ItemKind.INK: _STROKE, ItemKind.CONNECTOR: _JOINS}
    form = forms.get(wish.what)
    is_path = bool(form.fullmatch(wish.path)) if form else not wish.path
    is_look = not wish.look or wish.look in LOOKS.get(wish.what, ())
    is_file = bool(wish.file) == (wish.what == ItemKind.FILE)
    is_word = wish.what != ItemKind.REACTION or wish.text in REACTIONS
    return None if is_path and is_look and is_file and is_word else Refusal.MALFORMED


def _fits(what: ItemKind, inside: str, target: Item | None, author: str) -> bool:
    if target is None:
        return not inside and what in ON_THE_BOARD
    if what == ItemKind.CONNECTOR:
        return False  # it joins what lies in different frames
    is_seen = bool(target.revealed_seq) or target.author == author
    return target.is_standing and is_seen and target.kind in PLACES[what]


def _edit(wish: Wish, item: Item, _target: Item | None, _rank: str, seq: int, _author: str) -> Decision | Refusal:
    if not item.is_standing:
        return Refusal.GONE
    if refusal := _wrong_text(wish.text, item.kind):
        return refusal
    if wish.text != item.text and wish.base != item.text_seq:
        return Refusal.CONFLICT
    return Decision({"text": wish.text, "text_seq": seq}, {"text": item.text, "text_seq": item.text_seq})


def _move(wish: Wish, item: Item, target: Item | None, rank: str, _seq: int, author: str) -> Decision | Refusal:
    if not item.is_standing:
        return Refusal.GONE  # delete beats move
    if wish.inside == item.id or not _fits(item.kind, wish.inside, target, author):
        return Refusal.PLACE
    payload: dict[str, Value] = {"inside": wish.inside, "rank": rank}
    was: dict[str, Value] = {"inside": item.inside, "rank": item.rank}
    if wish.w or (item.w and wish.inside != item.inside):
        # A place is counted from the corner of what it lies in: in another one it has the new place, or none yet.
        payload, was = payload | wish.place, was | _place_of(item)
    return Decision(payload, was)


def _place_of(item: Item) -> dict[str, Value]:
    return {"x": item.x, "y": item.y, "w": item.w, "h": item.h}


def _place(wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision | Refusal:
    if not item.is_standing:
        return Refusal.GONE
    if item.kind in _SAID_TO_A_NOTE or item.kind == ItemKind.CONNECTOR:
        return Refusal.PLACE  # they lie where their note lies, and follow what they join
    return Decision(wish.place, _place_of(item))


def _look(wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision | Refusal:
    if not item.is_standing:
        return Refusal.GONE
    if wish.look not in LOOKS.get(item.kind, ()):
        return Refusal.MALFORMED
    return Decision({"look": wish.look}, {"look": item.look})


def _approve(item: Item, *, seq: int, is_hidden: bool) -> Decision | Refusal:
    if not item.is_waiting or item.is_deleted:
        return Refusal.GONE
    # Let through while all is hidden, it is shown with the rest.
    return Decision({"is_waiting": False, "revealed_seq": 0 if is_hidden else seq})


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
    if (not item.inside and item.kind in ON_THE_BOARD) or (target is not None and target.is_standing):
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


def _erase(_wish: Wish, item: Item, _target: Item | None, _rank: str, _seq: int, _author: str) -> Decision:
    # There is no way back from it, so what was is not told.
    drawn = {name: "" for name in ("path", "file") if getattr(item, name)}
    return Decision({"text": "", "author": "", "is_erased": True, "held_reason": "", **drawn})


_CHANGES = {
    OpKind.EDIT: _edit,
    OpKind.MOVE: _move,
    OpKind.PLACE: _place,
    OpKind.LOOK: _look,
    OpKind.MERGE: _merge,
    OpKind.PART: _part,
    OpKind.DELETE: _delete,
    OpKind.RESTORE: _restore,
    OpKind.HOLD: _hold,
    OpKind.RELEASE: _release,
    OpKind.ERASE: _erase,
}
