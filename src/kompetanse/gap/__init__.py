"""Demand beside supply, per skill or group of skills: the gaps, how sure they are, and what stands behind each."""

from kompetanse.gap.balance import Balance, Dimension, Groups
from kompetanse.gap.gaps import Behind, CountedOutcome, CountedVoice, Doubt, Gap, Totals, Verdict
from kompetanse.gap.lines import EVERYTHING, DemandLine, Selection, SupplyLine, month_before

__all__ = [
    "EVERYTHING",
    "Balance",
    "Behind",
    "CountedOutcome",
    "CountedVoice",
    "DemandLine",
    "Dimension",
    "Doubt",
    "Gap",
    "Groups",
    "Selection",
    "SupplyLine",
    "Totals",
    "Verdict",
    "month_before",
]
