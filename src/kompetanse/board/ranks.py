"""Places in a row that anything can be put between: fractions written in base 16, compared as text."""

from __future__ import annotations

_WIDTH = 8
# Past this a place is shared, and the ids decide; nobody puts 700 notes one by one at the same spot.
LONGEST = 200


def rank_at_end(seq: int) -> str:
    """After everything that got its place before operation `seq`: the order of the log is the order of arrival."""
    return f"{seq:0{_WIDTH}x}"


def rank_between(before: str, after: str) -> str:
    """A place after `before` ("" for the start) and before `after`. `before` must be the smaller of the two."""
    width = max(len(before), len(after), _WIDTH) + 1
    if width > LONGEST:
        return before
    low, high = (int(rank.ljust(width, "0"), 16) if rank else 0 for rank in (before, after))
    return f"{(low + high) // 2:0{width}x}"
