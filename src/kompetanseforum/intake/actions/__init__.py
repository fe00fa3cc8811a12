"""Writes: files that are brought in, what came of their rows, and what was undone. Nothing here is saved elsewhere."""

from kompetanseforum.intake.actions.batches import (
    accept_batch,
    bring_batch,
    choose_columns,
    fail_batch,
    forget_evidence,
    note_checked,
    note_headings,
    note_progress,
    start_batch,
    undo_batch,
)

__all__ = [
    "accept_batch",
    "bring_batch",
    "choose_columns",
    "fail_batch",
    "forget_evidence",
    "note_checked",
    "note_headings",
    "note_progress",
    "start_batch",
    "undo_batch",
]
