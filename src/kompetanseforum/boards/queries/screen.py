"""Reads: who has come in, for the screen on the room's wall. Asked every few seconds while a hall comes in, so it reads no notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.words import SECTOR_WORDS

# As many names as a screen has room for; the newest, who look for their own.
_MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class WhoIsIn:
    people: int
    # (sector in words, how many), the most first; who has not said is counted in `people` alone.
    sectors: tuple[tuple[str, int], ...]
    # Only where the board shows names.
    names: tuple[str, ...]


def who_is_in(board: Board) -> WhoIsIn:
    guests = list(board.guests.order_by("-joined_at", "-pk").values_list("alias", "sector"))
    counts = Counter(sector for _alias, sector in guests if sector)
    return WhoIsIn(
        people=len(guests),
        sectors=tuple((str(SECTOR_WORDS.get(sector, "")), number) for sector, number in counts.most_common()),
        names=tuple(alias for alias, _sector in guests[:_MOST_NAMES]) if board.names_are_shown else (),
    )
