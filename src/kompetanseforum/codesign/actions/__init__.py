"""Writes: rooms, who is in them, changes and what comes of them. Nothing of it is saved anywhere else."""

from kompetanseforum.codesign.actions.changes import (
    StaleWording,
    agree,
    comment_on,
    move_change,
    propose_change,
    propose_of_notes,
    remove_change,
    remove_comment,
    reword_change,
    take_back_agreement,
)
from kompetanseforum.codesign.actions.deciding import NothingAgreed, decide_changes, send_changes
from kompetanseforum.codesign.actions.inviting import invite_to_room, send_owed_letters
from kompetanseforum.codesign.actions.leaving import forget_person
from kompetanseforum.codesign.actions.rooms import join_room, leave_room, open_room

__all__ = [
    "NothingAgreed",
    "StaleWording",
    "agree",
    "comment_on",
    "decide_changes",
    "forget_person",
    "invite_to_room",
    "join_room",
    "leave_room",
    "move_change",
    "open_room",
    "propose_change",
    "propose_of_notes",
    "remove_change",
    "remove_comment",
    "reword_change",
    "send_changes",
    "send_owed_letters",
    "take_back_agreement",
]
