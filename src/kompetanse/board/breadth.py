"""How broad a conversation is: as if so many sectors had taken part equally (Hill 1973, order 1)."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log


def effective_number(counts: Iterable[int]) -> float:
    """exp of Shannon's entropy; 0 when nobody has said anything."""
    shares = [count for count in counts if count > 0]
    total = sum(shares)
    return exp(-sum(count / total * log(count / total) for count in shares)) if total else 0.0
