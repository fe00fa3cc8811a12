"""Reads: who has written on a board, by sector."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.words import SECTOR_WORDS
from kompetanseforum.organisations.models import Sector

# Whom a gathering should have heard; the others stand there when they have written.
EXPECTED = (Sector.BUSINESS, Sector.EDUCATION, Sector.PUBLIC, Sector.STUDENT, Sector.SOCIAL_PARTNER)


@dataclass(frozen=True, slots=True)
class Voice:
    """One line of "who has written"."""

    sector: str
    label: str
    notes: int


def voices_among(notes: list[Item]) -> tuple[Voice, ...]:
    """Who has written, most first, and those who should have been asked: how many, never what."""
    counts = Counter(row.sector for row in notes)
    sectors = sorted({*EXPECTED, *(Sector(sector) for sector in counts if sector)}, key=list(Sector).index)
    lines = [
        Voice(sector=each.value, label=str(SECTOR_WORDS[each.value]), notes=counts[each.value]) for each in sectors
    ]
    return tuple(sorted(lines, key=lambda line: -line.notes))
