"""NKR and EQF levels in our everyday words."""

from __future__ import annotations

from kompetanseforum.offers.models import Level

# 1 to 3 come before a trade certificate, 7 and up are master's.
_LEVEL_OF_NKR = {1: Level.INTRO, 2: Level.INTRO, 3: Level.INTRO, 4: Level.TRADE, 5: Level.COLLEGE, 6: Level.COLLEGE}


def level_of_nkr(nkr_level: int) -> Level:
    return _LEVEL_OF_NKR.get(nkr_level, Level.MASTER)
