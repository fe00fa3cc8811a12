"""Reads: the round that is open, one's own dots, and what came of those that are closed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from kompetanse.board import Ballot as Dots
from kompetanse.board import Count, ItemKind, tally
from kompetanseforum.boards.models import Ballot, Board, Item, VoteRound
from kompetanseforum.boards.queries.words import SECTOR_WORDS


def open_round(board: Board) -> VoteRound | None:
    return VoteRound.objects.filter(board=board, closed_at=None).first()


def last_closed_round(board: Board) -> VoteRound | None:
    return VoteRound.objects.filter(board=board).exclude(closed_at=None).order_by("-pk").first()


def closed_rounds(board: Board) -> list[VoteRound]:
    return list(VoteRound.objects.filter(board=board).exclude(closed_at=None).order_by("pk"))


def voter_key(round: VoteRound, who: str) -> str:
    """The same for one voter in one round, and nothing to anybody who has the row alone."""
    key = settings.SECRET_KEY.encode()[:64]
    return hashlib.blake2b(f"{round.public_id} {who}".encode(), key=key, digest_size=24, person=b"ballot").hexdigest()


def own_dots(round: VoteRound, who: str) -> dict[str, int]:
    found = Ballot.objects.filter(round=round, voter=voter_key(round, who), value__gt=0)
    return dict(found.values_list("option", "value"))


def voters_in(round: VoteRound) -> int:
    return Ballot.objects.filter(round=round, value__gt=0).values("voter").distinct().count()


def option_texts(round: VoteRound) -> list[tuple[str, str]]:
    """What is voted on, as it stands, in its words; what was taken down or deleted since has none."""
    there = Item.objects.filter(public_id__in=round.options, is_held=False, is_deleted=False)
    texts = dict(there.values_list("public_id", "text"))
    return [(option, texts.get(option, "")) for option in round.options]


@dataclass(frozen=True, slots=True)
class ShownCount:
    count: Count
    text: str
    # (sector's word, dots as text: "–" where too few voted to be told apart).
    sectors: list[tuple[str, str]]
    # In per cent of the best one.
    share: int


def counted(round: VoteRound) -> list[Count]:
    by_voter: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for voter, sector, option, dots in round.ballots.filter(value__gt=0).values_list(
        "voter", "sector", "option", "value"
    ):
        by_voter[voter, sector][option] = dots
    ballots = [Dots(voter=voter, sector=sector, dots=dots) for (voter, sector), dots in by_voter.items()]
    return tally(ballots, options=round.options)


def result_of(round: VoteRound) -> list[ShownCount]:
    """Every option with its words; what was erased since has none."""
    texts = dict(option_texts(round))
    counts = counted(round)
    most = max((count.dots for count in counts), default=0) or 1
    return [
        ShownCount(
            count=count,
            text=texts.get(count.option, ""),
            sectors=[
                (str(SECTOR_WORDS.get(sector, sector)), "–" if dots is None else str(dots))
                for sector, dots in count.by_sector.items()
                if sector
            ],
            share=round_share(count.dots, most),
        )
        for count in counts
    ]


def round_share(part: int, whole: int) -> int:
    return (100 * part + whole // 2) // whole


def options_of(board: Board) -> list[str]:
    """What can be voted on: groups, and notes that lie in none, as they stand."""
    standing = Item.objects.filter(board=board, is_deleted=False, is_held=False, is_erased=False, merged_into="")
    columns = list(standing.filter(kind=ItemKind.COLUMN).values_list("public_id", flat=True))
    found = standing.filter(inside__in=columns, kind__in=(ItemKind.GROUP, ItemKind.NOTE), revealed_seq__gt=0)
    place = {column: number for number, column in enumerate(columns)}
    rows = list(found.values_list("public_id", "inside", "rank"))
    return [public_id for public_id, _inside, _rank in sorted(rows, key=lambda row: (place[row[1]], row[2], row[0]))]
