"""Demand beside supply, per skill or group of skills: the gaps, how sure they are, and what stands behind each."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kompetanse.gap.gaps import Behind, CountedOutcome, CountedVoice, Doubt, Gap, Totals, Verdict
from kompetanse.gap.lines import EVERYTHING, DemandLine, Dimension, Groups, Selection, SupplyLine, month_before

if TYPE_CHECKING:
    from kompetanse.gap.balance import Balance

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


def __getattr__(name: str) -> Any:
    """The counting comes at its first use, and numpy with it: most processes never count.

    Any: Python asks here for every name that is not above.
    """
    if name == "Balance":
        return import_module("kompetanse.gap.balance").Balance
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
