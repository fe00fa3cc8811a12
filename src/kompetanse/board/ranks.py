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
    width = max(len(before), len(after), _WIDTH)
    low, high = _padded(before, width), _padded(after, width)
    if high - low < 2:
        width, low, high = width + 1, low * 16, high * 16
    return before if width > LONGEST else f"{(low + high) // 2:0{width}x}"


def _padded(rank: str, width: int) -> int:
    return int(rank.ljust(width, "0"), 16) if rank else 0
