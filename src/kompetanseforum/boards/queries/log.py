"""Reads: the log and the rows as the library's values, and what has changed since a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Q, QuerySet

from kompetanse.board import Item as Value
from kompetanse.board import ItemKind, replay
from kompetanseforum.boards.models import Board, BoardOp, Item, Phase
from kompetanseforum.boards.queries.prepared import asked_again
from kompetanseforum.boards.rules import UNDONE_WITHIN
from kompetanseforum.core import clock

# The columns that are the library's item, field by field.
FIELDS = tuple(name for name in Value.__dataclass_fields__ if name != "id")
# The kind is the first of them.
_fields = attrgetter(*FIELDS)
_KINDS = {kind.value: kind for kind in ItemKind}


def value_of(row: Item) -> Value:
    kind, *rest = _fields(row)
    return Value(row.public_id, _KINDS[kind], *rest)


def replayed(board: Board, *, until: int | None = None) -> dict[str, Value]:
    """What the log makes; equal to the rows, always. `until`: as the board was at that number."""
    log = BoardOp.objects.filter(board=board)
    if until is not None:
        log = log.filter(seq__lte=until)
    return replay(log.order_by("seq").values_list("seq", "kind", "item", "payload").iterator(chunk_size=2000))


def current_phase(board: Board) -> Phase:
    return board.phases.get(number=board.phase_number)


# (Board, number of the phase, state_seq) → kind. What is set on a board itself raises its `state_seq`, so what was read
# once holds.
_read_kinds: dict[tuple[str, int, int], str] = {}
_MOST_KINDS = 4096


def phase_kinds(boards: Iterable[Board]) -> dict[str, str]:
    """Public id → the kind of phase each board is in; those not yet read come in one question."""
    keys = {board.public_id: (board.phase_number, board.state_seq) for board in boards}
    kinds = {board: kind for board, key in keys.items() if (kind := _read_kinds.get((board, *key)))}
    if new := keys.keys() - kinds.keys():
        phases = Phase.objects.filter(board__public_id__in=new).values_list("board__public_id", "number", "kind")
        read = {board: kind for board, number, kind in phases if number == keys[board][0]}
        if len(_read_kinds) > _MOST_KINDS:
            _read_kinds.clear()
        _read_kinds.update({(board, *keys[board]): kind for board, kind in read.items()})
        kinds |= read
    return kinds


def held_boards(keys: Iterable[int]) -> list[Board]:
    """Inside a transaction: nobody else changes them until it ends. Always in one order, so that two never wait for
    each other; and whoever only points to a board, as one who comes in does, waits for nobody.
    """
    return asked_again(_held, sorted(set(keys)))


def _held(keys: Sequence[int | str]) -> QuerySet[Board]:
    return Board.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything on a board that changed after a number: rows as they are now, and the board itself if it did."""

    seq: int
    rows: list[Item]
    board: Board
    is_board_changed: bool


def changes_since(board_id: str, seq: int) -> Changes | None:
    """What came while it was read has a higher number, and is left for the next question. None: no such board."""
    board = Board.objects.filter(public_id=board_id).first()
    if board is None:
        return None
    rows = list(Item.objects.filter(board=board, seq__gt=seq, seq__lte=board.seq)) if board.seq > seq else []
    return Changes(seq=board.seq, rows=rows, board=board, is_board_changed=board.state_seq > seq)


def known_operations(op_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """op_id → (board, seq) of those that are in a log already."""
    return {op.op_id: (op.board_id, op.seq) for op in asked_again(_known, sorted(set(op_ids)))}


def _known(op_ids: Sequence[int | str]) -> QuerySet[BoardOp]:
    return BoardOp.objects.filter(op_id__in=op_ids).only("op_id", "board_id", "seq").order_by()


def rows_named(ids: Iterable[str]) -> dict[str, Item]:
    return {row.public_id: row for row in asked_again(_named, sorted(set(ids)))}


def _named(ids: Sequence[int | str]) -> QuerySet[Item]:
    return Item.objects.filter(public_id__in=ids).order_by()


def rows_on(board: Board) -> dict[str, Item]:
    return {row.public_id: row for row in Item.objects.filter(board=board)}


def rows_lying_in(boards: Iterable[int], ids: Iterable[str]) -> list[Item]:
    """What lies in these, or is merged into them."""
    wanted = list(ids)
    return list(Item.objects.filter(board__in=list(boards)).filter(Q(inside__in=wanted) | Q(merged_into__in=wanted)))


def ranks_in(board: Board, inside: str) -> dict[str, str]:
    """Public id → place, of what stands there."""
    found = Item.objects.filter(board=board, inside=inside, is_deleted=False)
    return dict(found.values_list("public_id", "rank"))


def own_operation(board: Board, seq: int, actor: str) -> BoardOp | None:
    """What this one did, if it is of a kind that can be taken back, and not too long ago."""
    undoable = ("move", "delete", "merge", "edit", "place", "look")
    found = BoardOp.objects.filter(board=board, seq=seq, actor=actor, kind__in=undoable)
    return found.filter(at__gt=clock.now() - UNDONE_WITHIN).first()
