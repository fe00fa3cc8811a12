"""Writes: one word from one person to a note."""

from __future__ import annotations

from kompetanse.board import REACTIONS, ItemKind, OpKind, Refusal, Wish
from kompetanseforum.boards.actions.log import Done, write
from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.core.sending import new_sending_key


def say(*, item: Item, word: str, who: Who) -> Done:
    """Said, or taken back by the one who has said it."""
    op_id = new_sending_key()
    if word not in REACTIONS:
        return Done(op_id, refusal=Refusal.MALFORMED)
    said = Item.objects.filter(
        board=item.board, inside=item.public_id, kind=ItemKind.REACTION, text=word, author=who.ref, is_erased=False
    ).first()
    if said is None:
        wish = Wish(op_id, OpKind.ADD, new_public_id(), ItemKind.REACTION, text=word, inside=item.public_id)
    else:
        wish = Wish(op_id, OpKind.RESTORE if said.is_deleted else OpKind.DELETE, said.public_id)
    return write(item.board, wish, who)
