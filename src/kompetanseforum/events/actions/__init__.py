"""Writes of meetings. Nothing about a meeting is saved anywhere else."""

from kompetanseforum.events.actions.following import (
    agree_follow_up,
    finish_follow_up,
    forget_person,
    note_reflection,
    undo_follow_up,
)
from kompetanseforum.events.actions.meetings import (
    Called,
    call_meeting,
    cancel_meeting,
    change_meeting,
    raise_need,
    strike_from_minutes,
    write_minutes,
)
from kompetanseforum.events.actions.there import note_attendance, remove_attendance, say_i_was_there

__all__ = [
    "Called",
    "agree_follow_up",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "finish_follow_up",
    "forget_person",
    "note_attendance",
    "note_reflection",
    "raise_need",
    "remove_attendance",
    "say_i_was_there",
    "strike_from_minutes",
    "undo_follow_up",
    "write_minutes",
]
