"""Writes of pilots. Nothing about a pilot is saved anywhere else."""

from kompetanseforum.pilots.actions.leaving import forget_person
from kompetanseforum.pilots.actions.logging import add_learnings, log_entry
from kompetanseforum.pilots.actions.running import Plan, change_pilot, decide_pilot, start_pilot, start_pilot_of_notes

__all__ = [
    "Plan",
    "add_learnings",
    "change_pilot",
    "decide_pilot",
    "forget_person",
    "log_entry",
    "start_pilot",
    "start_pilot_of_notes",
]
