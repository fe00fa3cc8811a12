"""Reads: one note with everything about it, where it may go, and what it may be merged with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kompetanse.board import Item as Value
from kompetanse.board import ItemKind
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.log import value_of
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.shown import ShownNote, may_be_told, shown_note, sight_of
from kompetanseforum.boards.queries.words import KIND_WORDS
from kompetanseforum.core.permissions import Viewer


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note with what was said about it, and what was merged into it."""

    note: ShownNote
    row: Item
    comments: list[ShownNote]
    merged: list[ShownNote]
    is_standing: bool


def note_page(row: Item, board: Board, who: Who, viewer: Viewer) -> NotePage | None:
    """None when it is not there for this one."""
    if not (may_be_told(row, who) or (row.is_waiting and who.is_leading)) or row.is_erased or row.is_deleted:
        return None
    rows = list(Item.objects.filter(board=board, is_erased=False, is_deleted=False, is_held=False))
    seen = [each for each in rows if may_be_told(each, who)]
    sight = sight_of(board, who, viewer, seen)
    return NotePage(
        note=shown_note(row, sight),
        row=row,
        comments=[
            shown_note(each, sight) for each in seen if each.inside == row.public_id and each.kind == ItemKind.COMMENT
        ],
        merged=[shown_note(each, sight) for each in seen if each.merged_into == row.public_id],
        is_standing=value_of(row).is_standing,
    )


@dataclass(frozen=True, slots=True)
class Home:
    """Where a note may lie: a column, or a group in one."""

    id: str
    label: str
    is_here: bool
    # The column itself, or the one the group lies in.
    column: str
    is_group: bool = False


def places_on(board: Board, here: str) -> list[Home]:
    """Groups under their column, in the order they stand."""
    standing = Item.objects.filter(board=board, is_deleted=False, is_erased=False, is_held=False)
    columns = list(standing.filter(kind=ItemKind.COLUMN))
    groups = list(standing.filter(kind=ItemKind.GROUP))
    found = []
    for column in columns:
        found.append(Home(column.public_id, column.text, column.public_id == here, column.public_id))
        found += [
            Home(group.public_id, group.text, group.public_id == here, column.public_id, is_group=True)
            for group in groups
            if group.inside == column.public_id
        ]
    return found


def entries_beside(row: Item, who: Who) -> list[tuple[str, str]]:
    """What lies in the same place, in the order it stands: before which of them may it be moved?"""
    kinds = (ItemKind.NOTE, ItemKind.GROUP)
    rows = Item.objects.filter(board=row.board, inside=row.inside, kind__in=kinds, merged_into="")
    standing = rows.filter(is_deleted=False, is_held=False, is_erased=False).exclude(pk=row.pk)
    return [(each.public_id, each.text) for each in standing if may_be_told(each, who)]


def notes_to_merge_with(row: Item, board: Board, who: Who) -> list[Item]:
    """Notes that stand, the nearest first: those in the same group or column, then the others."""
    rows = Item.objects.filter(board=board, kind=ItemKind.NOTE, is_deleted=False, is_held=False, is_erased=False)
    found = [each for each in rows.filter(merged_into="").exclude(pk=row.pk) if may_be_told(each, who)]
    return sorted(found, key=lambda each: (each.inside != row.inside, each.inside, each.rank))


def frames_on(board: Board) -> list[tuple[str, str]]:
    standing = Item.objects.filter(board=board, kind=ItemKind.COLUMN, is_deleted=False, is_erased=False, is_held=False)
    return list(standing.values_list("public_id", "text"))


def things_on(board: Board, who: Who) -> list[tuple[str, str]]:
    """What a connector can join, by its words."""
    rows = Item.objects.filter(board=board, is_deleted=False, is_erased=False, is_held=False, merged_into="")
    joined = (ItemKind.NOTE, ItemKind.GROUP, ItemKind.TEXT, ItemKind.SHAPE, ItemKind.FILE)
    return [
        (row.public_id, row.text or str(KIND_WORDS[ItemKind(row.kind)]))
        for row in rows.filter(kind__in=joined)
        if may_be_told(row, who)
    ]


def notes_chosen(board: Board, ids: Sequence[str], who: Who) -> list[Item]:
    """The chosen ones that stand there for this one, in the order they stand; a group brings its notes."""
    rows = Item.objects.filter(board=board, is_deleted=False, is_held=False, is_erased=False, merged_into="")
    wanted = set(ids)
    return [
        row
        for row in rows.filter(kind=ItemKind.NOTE)
        if may_be_told(row, who) and (row.public_id in wanted or row.inside in wanted)
    ]


def items_told_to(board: Board, who: Who) -> list[Value]:
    """What stands on the board for this one, as the library's values."""
    rows = Item.objects.filter(board=board, is_deleted=False, is_held=False, is_erased=False, merged_into="")
    return [value_of(row) for row in rows if may_be_told(row, who)]
