"""Writes: what one did is taken back, as an operation of its own."""

from __future__ import annotations

from kompetanse.board import OpKind, Refusal, Wish
from kompetanseforum.boards.actions.log import Done, write
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.log import known_operations, own_operation, rows_named
from kompetanseforum.boards.queries.people import Who


def undo(*, board: Board, seq: int, who: Who, op_id: str) -> Done:
    """The way back of this one's operation. GONE when there is none, CONFLICT when others have gone on since."""
    if op_id in known_operations([op_id]):
        return Done(op_id, seq)
    done = own_operation(board, seq, who.ref)
    row = rows_named([done.item]).get(done.item) if done else None
    if done is None or row is None:
        return Done(op_id, refusal=Refusal.GONE)
    if any(getattr(row, name) != value for name, value in done.payload.items()):
        return Done(op_id, refusal=Refusal.CONFLICT)
    was = done.was
    x, y, w, h = (int(was.get(name, 0)) for name in ("x", "y", "w", "h"))
    back = {
        OpKind.MOVE: Wish(op_id, OpKind.MOVE, done.item, inside=str(was.get("inside", "")), x=x, y=y, w=w, h=h),
        OpKind.PLACE: Wish(op_id, OpKind.PLACE, done.item, x=x, y=y, w=w, h=h),
        OpKind.LOOK: Wish(op_id, OpKind.LOOK, done.item, look=str(was.get("look", ""))),
        OpKind.DELETE: Wish(op_id, OpKind.RESTORE, done.item),
        OpKind.MERGE: Wish(op_id, OpKind.PART, done.item),
        OpKind.EDIT: Wish(op_id, OpKind.EDIT, done.item, text=str(was.get("text", "")), base=row.text_seq),
    }
    return write(board, back[OpKind(done.kind)], who)
