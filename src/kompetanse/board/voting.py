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


# Answers: kept as a number, as dots are. A skipped option is not an answer to it.
NO, YES, SKIP = 1, 2, 3
OBJECT, CONSENT = 1, 2
STEPS = 5


@dataclass(frozen=True, slots=True)
class Answers:
    """What one voter said of the options; those that were skipped are left out."""

    voter: str
    sector: str
    said: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    option: str
    # Yes or consent: how many. A scale: the mean. Ranking: a point for every option it was put before, added up.
    score: float
    # Answer → how many.
    answers: Mapping[int, int]
    answered: int
    # The same score by sector; None where too few answered to be told apart.
    by_sector: Mapping[str, float | None]
    bridge: float | None


def is_answer(method: VoteMethod, said: Mapping[str, int], *, options: Sequence[str]) -> bool:
    """Whether these may be one voter's answers: only what is voted on, within the method's bounds, no place twice."""
    most = {
        VoteMethod.YES_NO: SKIP,
        VoteMethod.CONSENT: SKIP,
        VoteMethod.SCALE: STEPS,
        VoteMethod.RANKING: len(options),
    }
    places = list(said.values())
    is_within = set(said) <= set(options) and all(1 <= value <= most.get(method, 0) for value in places)
    return is_within and (method != VoteMethod.RANKING or sorted(places) == list(range(1, len(places) + 1)))


def outcomes(method: VoteMethod, ballots: Sequence[Answers], *, options: Sequence[str]) -> list[Outcome]:
    """Every option, best first: fewest objections where consent was asked for, else the highest score."""
    found = [_outcome(method, option, ballots, among=len(options)) for option in options]
    place = {option: number for number, option in enumerate(options)}

    def order(each: Outcome) -> tuple[float, float, float, int]:
        objections = each.answers.get(OBJECT, 0) if method == VoteMethod.CONSENT else 0
        return objections, -each.score, -(each.bridge or 0), place[each.option]

    return sorted(found, key=order)


def _outcome(method: VoteMethod, option: str, ballots: Sequence[Answers], *, among: int) -> Outcome:
    skips = {SKIP} if method in (VoteMethod.YES_NO, VoteMethod.CONSENT) else set()
    said = [
        (each.sector, each.said[option])
        for each in ballots
        if each.said.get(option, SKIP if skips else 0) not in {0, *skips}
    ]
    by_sector: dict[str, list[int]] = {}
    for sector, value in said:
        by_sector.setdefault(sector, []).append(value)
    told = told_apart({sector: len(values) for sector, values in by_sector.items()})
    compared = [sector for sector in sorted(told) if sector]
    groups = [
        (sum(_is_for(method, value, among) for value in by_sector[sector]), len(by_sector[sector]))
        for sector in compared
    ]
    return Outcome(
        option=option,
        score=_score(method, [value for _sector, value in said], among),
        answers=dict(sorted(Counter(value for _sector, value in said).items())),
        answered=len(said),
        by_sector={
            sector: _score(method, values, among) if sector in told else None
            for sector, values in sorted(by_sector.items())
        },
        bridge=bridge_score(groups) if len(groups) > 1 else None,
    )


def _score(method: VoteMethod, values: Sequence[int], among: int) -> float:
    if method == VoteMethod.SCALE:
        return sum(values) / len(values) if values else 0
    if method == VoteMethod.RANKING:
        return sum(among - place for place in values)
    return sum(value == YES for value in values)


def _is_for(method: VoteMethod, value: int, among: int) -> bool:
    """What counts as a yes where sectors are compared: the two upper steps, the upper half of a ranking."""
    if method == VoteMethod.SCALE:
        return value >= STEPS - 1
    return value <= (among + 1) // 2 if method == VoteMethod.RANKING else value == YES
