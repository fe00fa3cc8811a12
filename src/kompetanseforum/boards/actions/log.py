"""Writes: operations on a board, in the order of its number, each with the rows it changes in one transaction.

What is answered as done is committed. The same operation sent again is answered with the number it got. Operations
on several boards may share a transaction: what a write costs is then paid once for all who wrote in the same moment.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction

from kompetanse.board import (
    BOARD_WIDE,
    Decision,
    ItemKind,
    OpKind,
    PhaseKind,
    Refusal,
    Right,
    Wish,
    decide,
    is_hidden_in,
    rank_at_end,
    rank_between,
    rights_in,
)
from kompetanse.board import Item as Value
from kompetanse.board.items import changed
from kompetanse.refs import Ref
from kompetanseforum.boards.actions.keeping import add_rows, change_rows
from kompetanseforum.boards.actions.striking import strike_where_used
from kompetanseforum.boards.models import Board, BoardOp, Item
from kompetanseforum.boards.queries.log import (
    FIELDS,
    held_boards,
    known_operations,
    phase_kinds,
    ranks_in,
    rows_lying_in,
    rows_named,
    value_of,
)
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock
from kompetanseforum.core.erasing import overwrite_erased
from kompetanseforum.core.live import announce_all
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.actions import unlink

_NUMBER = f"UPDATE {Board._meta.db_table} SET seq = %s WHERE id = %s"  # noqa: S608 our own table's name
_TAKES_CHILDREN = (OpKind.DELETE, OpKind.HOLD, OpKind.ERASE)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a wish: its number in the log, or why not."""

    op_id: str
    seq: int = 0
    refusal: Refusal | None = None


@dataclass(slots=True)
class Writing:
    """A transaction on one board: the items as they are being changed, and the rows of the log not yet written."""

    board: Board
    seq: int
    items: dict[str, Value] = field(default_factory=dict)
    rows: dict[str, Item] = field(default_factory=dict)
    ops: list[BoardOp] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)

    def note(self, *, op_id: str, kind: str, actor: str, item: str = BOARD_WIDE, **values: Any) -> int:
        """One more line in the log; returns its number."""
        self.seq += 1
        self.ops.append(
            BoardOp(
                board=self.board,
                seq=self.seq,
                op_id=op_id,
                actor=actor,
                phase=self.board.phase_number,
                kind=kind,
                item=item,
                at=clock.now(),
                **values,
            )
        )
        return self.seq


@dataclass(frozen=True, slots=True)
class Performed:
    """What became of the operations on one board: an answer to each, and the rows as they are now."""

    board: Board
    answers: list[Done]
    # The board's number before and after; equal when nothing was done.
    before: int
    after: int
    rows: list[Item]


Asked = Sequence[tuple[Wish, Who]]


def begin(board: Board) -> Writing:
    """Hold the board's row: until the transaction ends, nobody else gets a number."""
    [held] = held_boards([board.pk])
    return Writing(board=held, seq=held.seq)


def finish(writing: Writing, **changes: Any) -> None:
    """Write the log, the rows and the number, and tell those who watch once it is kept."""
    _keep([writing])
    if changes:
        Board.objects.filter(pk=writing.board.pk).update(**changes)
        for name, value in changes.items():
            setattr(writing.board, name, value)


def _keep(writings: Sequence[Writing]) -> None:
    """All of it in a handful of statements, however many boards and operations there are."""
    _save_rows(writings)
    add_rows([op for writing in writings for op in writing.ops])
    for writing in writings:
        writing.board.seq = writing.seq
    with connection.cursor() as cursor:
        # Each has a number of its own: one statement, prepared once, where the ORM would make a long one of cases.
        cursor.executemany(_NUMBER, [(writing.seq, writing.board.pk) for writing in writings])
    told = [(f"board:{writing.board.public_id}", writing.seq) for writing in writings]
    transaction.on_commit(lambda: announce_all(told))


def _save_rows(writings: Sequence[Writing]) -> None:
    new, old = [], []
    for writing in writings:
        for public_id, seq in writing.touched.items():
            row = writing.rows.get(public_id)
            if row is None:
                row = writing.rows[public_id] = Item(public_id=public_id, board=writing.board, made_at=clock.now())
                new.append(row)
            else:
                old.append(row)
            value = writing.items[public_id]
            for name in FIELDS:
                setattr(row, name, getattr(value, name))
            row.seq = seq
    add_rows(new)
    change_rows(old, (*FIELDS, "seq"))


def perform(board: Board, asked: Asked, *, strikes: bool = True) -> list[Done]:
    """Do what can be done of it, in order. Returns an answer for each, after commit."""
    [performed] = perform_together([(board, asked)], strikes=strikes)
    return performed.answers


def perform_together(waiting: Sequence[tuple[Board, Asked]], *, strikes: bool = True) -> list[Performed]:
    """Operations on several boards, each named once, in one transaction: all of it is kept, or nothing.

    `strikes`: what is erased is taken out of the minutes and such that were made of it too.
    """
    wishes = [wish for _board, asked in waiting for wish, _who in asked]
    with transaction.atomic():
        held = {board.pk: board for board in held_boards([board.pk for board, _asked in waiting])}
        known = known_operations(wish.op_id for wish in wishes)
        rows = _rows_for(held.keys(), wishes)
        kinds = phase_kinds(held.values())
        done = []
        for board, asked in waiting:
            now = held[board.pk]
            # A writing has rows of its own, so that what one adds another does not find half-made.
            writing = Writing(board=now, seq=now.seq, rows=dict(rows))
            writing.items = {public_id: value_of(row) for public_id, row in rows.items() if row.board_id == now.pk}
            phase = PhaseKind(kinds[now.public_id])
            done.append((now.seq, writing, _answers(writing, asked, known, phase=phase)))
        written = [writing for _before, writing, _answers in done if writing.ops]
        if written:
            _keep(written)
            erased = [op.item for writing in written for op in writing.ops if op.kind == OpKind.ERASE]
            if erased and strikes:
                strike_where_used([writing.board.pk for writing in written], erased)
            _scrub(erased)
            if erased:
                # The database's own log of changes has the words too, until it is emptied.
                transaction.on_commit(overwrite_erased)
    return [
        Performed(
            board=writing.board,
            answers=answers,
            before=before,
            after=writing.seq,
            rows=[writing.rows[public_id] for public_id in writing.touched],
        )
        for before, writing, answers in done
    ]


def _answers(writing: Writing, asked: Asked, known: dict[str, tuple[int, int]], *, phase: PhaseKind) -> list[Done]:
    board = writing.board
    answers = []
    for wish, who in asked:
        if wish.op_id in known:
            board_pk, seq = known[wish.op_id]
            is_ours = board_pk == board.pk
            answers.append(Done(wish.op_id, seq) if is_ours else Done(wish.op_id, refusal=Refusal.MALFORMED))
            continue
        answer = _do(writing, wish, who, phase=phase)
        if answer.refusal is None:
            known[wish.op_id] = (board.pk, answer.seq)
        answers.append(answer)
    return answers


def write(board: Board, wish: Wish, who: Who) -> Done:
    """One operation: what a form sends."""
    return perform(board, [(wish, who)])[0]


def _rows_for(boards: Collection[int], wishes: Sequence[Wish]) -> dict[str, Item]:
    """Every row that is named, and what lies in those that may go; new ids may be another board's."""
    named = {name for wish in wishes for name in (wish.item, wish.inside, wish.before, wish.into) if name}
    rows = rows_named(named)
    emptied = [wish.item for wish in wishes if wish.kind in _TAKES_CHILDREN]
    if emptied:
        rows |= {row.public_id: row for row in rows_lying_in(boards, emptied)}
    # Restored, it goes back to where it lay.
    restored = [wish.item for wish in wishes if wish.kind == OpKind.RESTORE]
    homes = {rows[item].inside for item in restored if item in rows} - set(rows) - {""}
    return rows | rows_named(homes) if homes else rows


def _here(writing: Writing, public_id: str) -> Value | None:
    """The item, if it is one of this board's."""
    return writing.items.get(public_id)


def _do(writing: Writing, wish: Wish, who: Who, *, phase: PhaseKind) -> Done:
    wish = _as_written(wish, who)
    is_closed = writing.board.is_locked or writing.board.ended_at is not None
    rights = rights_in(phase, is_leading=who.is_leading, is_locked=is_closed)
    is_hidden = is_hidden_in(phase)
    item = _here(writing, wish.item)
    if wish.kind == OpKind.ADD and (wish.item in writing.rows or item is not None):
        return Done(wish.op_id, refusal=Refusal.TAKEN)
    decision = _decided(writing, wish, who, rights=rights, is_hidden=is_hidden)
    if isinstance(decision, Refusal):
        return Done(wish.op_id, refusal=decision)
    if item is not None and wish.kind in _TAKES_CHILDREN and not _empty(writing, item, wish, who, rights=rights):
        return Done(wish.op_id, refusal=Refusal.PLACE)
    return Done(wish.op_id, _apply(writing, wish, who, decision))


def _as_written(wish: Wish, who: Who) -> Wish:
    """A sector is said once, when one comes in; only the one who leads writes for others in the room."""
    if not who.is_leading:
        return replace(wish, sector=who.sector, is_proxy=False)
    chosen = wish.sector if wish.sector in Sector.values else ""
    return replace(wish, sector=chosen if wish.is_proxy else who.sector)


def _decided(
    writing: Writing, wish: Wish, who: Who, *, rights: frozenset[Right], is_hidden: bool
) -> Decision | Refusal:
    item = _here(writing, wish.item)
    home = item.inside if item is not None and wish.kind == OpKind.RESTORE else wish.inside
    return decide(
        wish,
        item=item,
        target=_here(writing, wish.into if wish.kind == OpKind.MERGE else home),
        rank=_rank(writing, wish),
        seq=writing.seq + 1,
        author=who.ref,
        rights=rights,
        is_leading=who.is_leading,
        is_hidden=is_hidden,
        is_approved_first=writing.board.approves_first,
    )


def _rank(writing: Writing, wish: Wish) -> str:
    """Its place: before the one that is named, if that stands there; else last."""
    if not wish.before:
        return rank_at_end(writing.seq + 1)
    standing = ranks_in(writing.board, wish.inside)
    standing |= {item.id: item.rank for item in writing.items.values() if item.inside == wish.inside}
    after = standing.get(wish.before)
    if after is None:
        return rank_at_end(writing.seq + 1)
    earlier = [rank for key, rank in standing.items() if rank < after and key != wish.item]
    return rank_between(max(earlier, default=""), after)


def _apply(writing: Writing, wish: Wish, who: Who, decision: Decision) -> int:
    before = writing.items.get(wish.item)
    after = changed(before, wish.item, decision.payload)
    seq = writing.note(
        op_id=wish.op_id,
        kind=wish.kind.value,
        actor=who.ref,
        item=wish.item,
        payload=dict(decision.payload),
        was=dict(decision.was),
        only_for="" if after.revealed_seq else after.author,
    )
    writing.items[wish.item] = after
    writing.touched[wish.item] = seq
    return seq


def _empty(writing: Writing, item: Value, wish: Wish, who: Who, *, rights: frozenset[Right]) -> bool:
    """Before a group goes its notes move out; before a note goes those merged into it part. False: it must stay."""
    children = [each for each in writing.items.values() if each.inside == item.id and not each.is_deleted]
    if item.kind == ItemKind.COLUMN:
        return not children
    for number, child in enumerate(children if item.kind == ItemKind.GROUP else []):
        place: Mapping[str, str | int | bool] = {"inside": item.inside, "rank": rank_at_end(writing.seq + 1)}
        moving = replace(wish, op_id=f"{wish.op_id}.m{number}", kind=OpKind.MOVE, item=child.id)
        _apply(writing, moving, who, Decision(place, {"inside": child.inside, "rank": child.rank}))
    for number, merged in enumerate([each for each in writing.items.values() if each.merged_into == item.id]):
        parting = replace(wish, op_id=f"{wish.op_id}.p{number}", kind=OpKind.PART, item=merged.id)
        _apply(writing, parting, who, Decision({"merged_into": ""}, {"merged_into": item.id}))
    return True


def _scrub(items: Sequence[str]) -> None:
    """What is erased is erased from the log too: its words, what they were, and who wrote them."""
    if not items:
        return
    for item in items:
        # A link keeps the words that caused it.
        unlink(Ref("note", item))
    rows = list(BoardOp.objects.filter(item__in=items))
    for row in rows:
        row.payload = _without_words(row.payload)
        row.was = _without_words(row.was)
        row.actor = row.only_for = ""
    BoardOp.objects.bulk_update(rows, ["payload", "was", "actor", "only_for"])


def _without_words(values: Mapping[str, object]) -> dict[str, object]:
    gone = ("text", "author", "held_reason", "path", "file")
    return {name: "" if name in gone else value for name, value in values.items()}
