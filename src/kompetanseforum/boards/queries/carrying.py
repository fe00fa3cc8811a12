"""Reads: what may be told to others while somebody drags it."""

from __future__ import annotations

from collections.abc import Collection

from kompetanse.board import may_move
from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.log import value_of
from kompetanseforum.boards.queries.people import Who, board_by_id
from kompetanseforum.boards.queries.shown import rights_on


def told_while_dragged(board_id: str, items: Collection[str], named: Collection[str], who: Who) -> frozenset[str]:
    """Of what is named, that which stands there for all to see; nothing unless this one may move every one of `items`."""
    board = board_by_id(board_id)
    if board is None:
        return frozenset()
    rights = rights_on(board, who)
    found = Item.objects.filter(board=board, public_id__in=[*named], revealed_seq__gt=0)
    standing = {row.public_id: value_of(row) for row in found if value_of(row).is_standing}
    for item in items:
        value = standing.get(item)
        is_own = value is not None and bool(who.ref) and value.author == who.ref
        if value is None or not may_move(value, rights=rights, is_leading=who.is_leading, is_own=is_own):
            return frozenset()
    return frozenset(standing)
