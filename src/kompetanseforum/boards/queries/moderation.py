"""Reads: what waits for the one who leads, and what they were asked to look at."""

from __future__ import annotations

from kompetanse.board import PhaseKind, is_hidden_in
from kompetanseforum.boards.models import Board, Item, Report


def waiting_on(board: Board) -> list[Item]:
    """Oldest first. What is written alone is nobody's to read before it is shown, so nothing waits then."""
    phase = board.phases.get(number=board.phase_number)
    if is_hidden_in(PhaseKind(phase.kind)):
        return []
    found = Item.objects.filter(board=board, is_waiting=True, is_deleted=False, is_erased=False)
    return list(found.order_by("made_at", "pk"))


def open_reports(board: Board) -> list[Report]:
    found = Report.objects.filter(item__board=board, settled_at=None, item__is_erased=False, item__is_deleted=False)
    return list(found.select_related("item"))


def reported_on(board: Board) -> int:
    """How many notes; two who say the same of one note are one."""
    return len({report.item_id for report in open_reports(board)})


def reports_of(item: Item) -> list[Report]:
    return list(item.reports.filter(settled_at=None))
