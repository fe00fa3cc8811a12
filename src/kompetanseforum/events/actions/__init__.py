"""Writes of meetings. Nothing about a meeting is saved anywhere else."""

from kompetanseforum.events.actions.following import (
    agree_follow_up,
    finish_follow_up,
    forget_person,
    note_reflection,
    undo_follow_up,
)
from kompetanseforum.events.actions.letters import send_owed_letters
from kompetanseforum.events.actions.meetings import (
    Called,
    call_meeting,
    cancel_meeting,
    change_meeting,
    raise_need,
    strike_from_minutes,
    write_minutes,
)
from kompetanseforum.events.actions.signing_up import (
    NoRoom,
    SignUpSaid,
    SignUpsClosed,
    change_sign_up,
    count_signed_up,
    forget_old_sign_ups,
    sign_up,
    withdraw_sign_up,
)
from kompetanseforum.events.actions.there import note_attendance, remove_attendance, say_i_was_there

__all__ = [
    "Called",
    "NoRoom",
    "SignUpSaid",
    "SignUpsClosed",
    "agree_follow_up",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "change_sign_up",
    "count_signed_up",
    "finish_follow_up",
    "forget_old_sign_ups",
    "forget_person",
    "note_attendance",
    "note_reflection",
    "raise_need",
    "remove_attendance",
    "say_i_was_there",
    "send_owed_letters",
    "sign_up",
    "strike_from_minutes",
    "undo_follow_up",
    "withdraw_sign_up",
    "write_minutes",
]
