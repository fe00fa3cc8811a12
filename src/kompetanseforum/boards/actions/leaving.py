"""Writes: somebody who has been on boards is erased."""

from __future__ import annotations

from kompetanse.board import OpKind, Wish
from kompetanseforum.boards.actions.files import forget_files
from kompetanseforum.boards.actions.log import perform
from kompetanseforum.boards.models import Board, BoardOp, Guest, Item, Report
from kompetanseforum.boards.queries.people import NOBODY, Who, guests_among
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.refs import new_public_id


def forget_person(erasure: Erasure) -> None:
    """Their notes stay without them, or go, as they wish; no row tells who wrote, moved or merged."""
    refs = [str(erasure.person), *(f"guest:{guest.public_id}" for guest in guests_among(erasure.holds))]
    if erasure.withdraws_voices:
        _erase_words(refs)
    Item.objects.filter(author__in=refs).update(author="")
    Report.objects.filter(by__in=refs).update(by="")
    BoardOp.objects.filter(actor__in=refs).update(actor="")
    BoardOp.objects.filter(only_for__in=refs).update(only_for="")
    for op in BoardOp.objects.filter(payload__author__in=refs):
        op.payload = {**op.payload, "author": ""}
        op.save(update_fields=["payload"])
    ids = [guest.public_id for guest in guests_among(erasure.holds)]
    Guest.objects.filter(public_id__in=ids).update(alias=NOBODY, sector="", email="")
    if erasure.email:
        Guest.objects.filter(email__iexact=erasure.email).update(email="")


def _erase_words(authors: list[str]) -> None:
    for board in Board.objects.filter(items__author__in=authors).distinct():
        rows = list(Item.objects.filter(board=board, author__in=authors, is_erased=False))
        asked = [
            (
                Wish(op_id=f"forum-{new_public_id()}{new_public_id()}", kind=OpKind.ERASE, item=row.public_id),
                Who(ref=row.author, name="", sector="", is_leading=False),
            )
            for row in rows
        ]
        forget_files([row.file for row in rows if row.file])
        perform(board, asked)
