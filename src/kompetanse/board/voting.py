"""Dots: how many each gets, what they add up to, and what is backed across sectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod

# A group smaller than this is never told apart.
SMALLEST_GROUP = 5


class VoteMethod(StrEnum):
    DOTS = "dots"
    YES_NO = "yes_no"
    SCALE = "scale"
    RANKING = "ranking"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Ballot:
    voter: str
    sector: str
    # Option → dots; none of them 0.
    dots: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Count:
    option: str
    dots: int
    voters: int
    # Dots by sector; None where the sector's voters are too few to be told apart.
    by_sector: Mapping[str, int | None]
    # None when fewer than two sectors are large enough to be compared.
    bridge: float | None


def dots_budget(options: int) -> int:
    """How many dots each has: about a fourth of the options, and three at least, so that a vote says something."""
    return max(3, round(options / 4))


def bridge_score(groups: Iterable[tuple[int, int]]) -> float:
    """Over (who said yes, who voted) per group: high only when every group tends to yes.

    The product of (1 + yes) / (2 + n), Laplace's estimate for each group: group-informed consensus as in Polis
    (Small et al. 2021, "Polis: Scaling deliberation by mapping high dimensional opinion spaces").
    """
    return prod((1 + yes) / (2 + voted) for yes, voted in groups)


def tally(ballots: Sequence[Ballot], *, options: Sequence[str]) -> list[Count]:
    """Every option, most dots first, then what bridges most, then as they stood."""
    voted = Counter(ballot.sector for ballot in ballots)
    told = told_apart(voted)
    counts = [_count(option, ballots, voted=voted, told=told) for option in options]
    place = {option: number for number, option in enumerate(options)}
    return sorted(counts, key=lambda count: (-count.dots, -(count.bridge or 0), place[count.option]))


def told_apart(voted: Mapping[str, int]) -> frozenset[str]:
    """Sectors whose numbers may be shown. Where one alone is too small, the next one is held back with it:

    else it could be found by taking the others from the sum.
    """
    large = sorted((number, sector) for sector, number in voted.items() if number >= SMALLEST_GROUP)
    small = [number for number in voted.values() if 0 < number < SMALLEST_GROUP]
    while small and large and sum(small) < SMALLEST_GROUP:
        small.append(large.pop(0)[0])
    return frozenset(sector for _number, sector in large)


def _count(option: str, ballots: Sequence[Ballot], *, voted: Mapping[str, int], told: Collection[str]) -> Count:
    dots: Counter[str] = Counter()
    voters: Counter[str] = Counter()
    for ballot in ballots:
        if given := ballot.dots.get(option, 0):
            dots[ballot.sector] += given
            voters[ballot.sector] += 1
    compared = [sector for sector in sorted(told) if sector]
    return Count(
        option=option,
        dots=dots.total(),
        voters=voters.total(),
        by_sector={sector: dots[sector] if sector in told else None for sector in sorted(voted)},
        bridge=bridge_score((voters[sector], voted[sector]) for sector in compared) if len(compared) > 1 else None,
    )
