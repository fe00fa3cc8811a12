"""Writes: what is erased on a board is taken out of the texts that were made of it, so that one erasure is enough."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.refs import Ref
from kompetanseforum.boards.models import BoardOp
from kompetanseforum.core.capability import strike


def strike_where_used(boards: Sequence[int], items: Sequence[str]) -> None:
    """All that these items have said, as the log has it until it is scrubbed, wherever their board's text was put."""
    used = BoardOp.objects.filter(board__in=boards, kind="outcome").values_list("board_id", "payload__thing", "item")
    for board, thing in {(board, thing) for board, thing, item in used if thing and not item}:
        said = BoardOp.objects.filter(board=board, item__in=items).values_list("payload__text", "was__text")
        if words := {text for both in said for text in both if text}:
            strike(Ref.parse(thing), words)
