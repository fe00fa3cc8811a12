"""Writes: files that are brought in, what came of their rows, and what was undone. Nothing here is saved elsewhere."""

from kompetanseforum.intake.actions.batches import (
    accept_batch,
    bring_batch,
    choose_columns,
    fail_batch,
    forget_batch,
    forget_evidence,
    note_checked,
    note_headings,
    note_progress,
    start_batch,
    undo_batch,
)
from kompetanseforum.intake.actions.feeds import add_feed, claim_feed, note_failed, note_read, stop_feed
from kompetanseforum.intake.actions.forgetting import forget_person

__all__ = [
    "accept_batch",
    "add_feed",
    "bring_batch",
    "choose_columns",
    "claim_feed",
    "fail_batch",
    "forget_batch",
    "forget_evidence",
    "forget_person",
    "note_checked",
    "note_failed",
    "note_headings",
    "note_progress",
    "note_read",
    "start_batch",
    "stop_feed",
    "undo_batch",
]
