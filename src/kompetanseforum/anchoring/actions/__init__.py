"""Writes of anchorings. Nothing about an anchoring is saved anywhere else."""

from kompetanseforum.anchoring.actions.leaving import forget_person
from kompetanseforum.anchoring.actions.recording import (
    Commitment,
    NotTheirs,
    change_anchoring,
    record_anchoring,
    record_of_notes,
    renew_anchoring,
)
from kompetanseforum.anchoring.actions.reminding import remind_of_lapsing
from kompetanseforum.anchoring.actions.stepping import add_internal_step, finish_internal_step

__all__ = [
    "Commitment",
    "NotTheirs",
    "add_internal_step",
    "change_anchoring",
    "finish_internal_step",
    "forget_person",
    "record_anchoring",
    "record_of_notes",
    "remind_of_lapsing",
    "renew_anchoring",
]
