"""Reads: what has been kept for as long as it may be (`rules.py` has the numbers)."""

from __future__ import annotations

from django.db.models import Exists, Max, OuterRef, Q

from kompetanseforum.boards.models import Ballot, Board, BoardOp, Item, VoteRound
from kompetanseforum.boards.queries.people import NOBODY
from kompetanseforum.boards.rules import PEOPLE_KNOWN_FOR, UNDONE_WITHIN, VOTERS_KNOWN_FOR
from kompetanseforum.core import clock

# At once: a worker has other things to do.
_ITEMS, _ROUNDS, _BOARDS = 50, 5, 5


def items_deleted_long_ago() -> list[Item]:
    """Deleted, and nothing has been done with them since."""
    touched = BoardOp.objects.filter(
        board=OuterRef("board"), item=OuterRef("public_id"), at__gt=clock.now() - UNDONE_WITHIN
    )
    found = Item.objects.filter(is_deleted=True, is_erased=False).exclude(revealed_seq=0, author="")
    return list(found.filter(~Exists(touched)).select_related("board").order_by("pk")[:_ITEMS])


def ballots_with_old_voters() -> list[Ballot]:
    known = Ballot.objects.filter(round=OuterRef("pk")).exclude(voter__startswith=NOBODY)
    old = VoteRound.objects.filter(closed_at__lt=clock.now() - VOTERS_KNOWN_FOR)
    rounds = list(old.filter(Exists(known)).values_list("pk", flat=True)[:_ROUNDS])
    return list(Ballot.objects.filter(round__in=rounds)) if rounds else []


def boards_with_old_people() -> list[Board]:
    """Where nothing has been done for so long, and somebody is still known."""
    named = Q(guests__isnull=False) & ~Q(guests__alias=NOBODY) | ~Q(items__author="") & Q(items__isnull=False)
    old = Board.objects.annotate(last=Max("ops__at")).filter(last__lt=clock.now() - PEOPLE_KNOWN_FOR)
    return list(Board.objects.filter(pk__in=old.values("pk")).filter(named).distinct().order_by("pk")[:_BOARDS])
