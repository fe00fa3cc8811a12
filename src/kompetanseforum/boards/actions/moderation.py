"""Writes: somebody says that a note should be looked at, and the one who leads has looked."""

from __future__ import annotations

from kompetanseforum.boards.models import Item, Report
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.core import clock


def report_note(*, item: Item, reason: str, who: Who) -> None:
    """Said again by the same person, the newest reason stands."""
    Report.objects.update_or_create(
        item=item, by=who.ref, settled_at=None, defaults={"reason": reason.strip()[:200], "at": clock.now()}
    )


def settle_reports(*, item: Item) -> None:
    """Looked at, whatever was done."""
    item.reports.filter(settled_at=None).update(settled_at=clock.now())
