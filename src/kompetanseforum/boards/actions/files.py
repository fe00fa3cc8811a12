"""Writes: what is handed in with a note or laid on the canvas, and that it goes when the words go."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from kompetanse.board import ItemKind, OpKind, Wish
from kompetanseforum.boards.actions.log import Done, perform, write
from kompetanseforum.boards.models import Board, File, Item
from kompetanseforum.boards.queries.log import known_operations
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock
from kompetanseforum.core.attached import Attached
from kompetanseforum.core.refs import new_public_id


def hand_in(*, board: Board, inside: str, words: str, attached: Attached, who: Who, op_id: str) -> Done:
    """A picture or a document, with what it shows in words. The same form again is the same file."""
    if op_id in known_operations([op_id]):
        default_storage.delete(attached.stored_as)
    with transaction.atomic():
        file = File.objects.create(
            board=board, name=attached.name, type=attached.type, stored_as=attached.stored_as, at=clock.now()
        )
        wish = Wish(
            op_id, OpKind.ADD, new_public_id(), ItemKind.FILE, text=words.strip(), inside=inside, file=file.public_id
        )
        done = write(board, wish, who)
        if done.refusal is not None or not Item.objects.filter(file=file.public_id).exists():
            file.delete()
    if done.refusal is not None and default_storage.exists(attached.stored_as):
        default_storage.delete(attached.stored_as)
    return done


def erase(*, item: Item, who: Who, op_id: str) -> Done:
    """The words, what lies on it, and the files themselves: gone from the board, its history and the storage."""
    found = Item.objects.filter(board=item.board).filter(Q(pk=item.pk) | Q(inside=item.public_id, kind=ItemKind.FILE))
    rows = {row.public_id: row.file for row in found}
    done = write(item.board, Wish(op_id, OpKind.ERASE, item.public_id), who)
    if done.refusal is None:
        forget_files([file for file in rows.values() if file])
        leading = Who(ref=who.ref, name=who.name, sector="", is_leading=True)
        children = [key for key in rows if key != item.public_id]
        perform(
            item.board, [(Wish(f"{op_id}.f{n}"[:40], OpKind.ERASE, key), leading) for n, key in enumerate(children)]
        )
    return done


def forget_files(ids: Sequence[str]) -> None:
    for file in File.objects.filter(public_id__in=ids):
        default_storage.delete(file.stored_as)
        file.delete()
