"""Writes of the forum: it starts, people get roles in it, and others are invited."""

from kompetanseforum.forum.actions.cycles import Period, change_cycle, end_cycle, start_cycle
from kompetanseforum.forum.actions.inviting import (
    InvitationUsedUp,
    accept,
    accept_as_newcomer,
    hash_invitation,
    invite,
    invite_by_letter,
    revoke,
)
from kompetanseforum.forum.actions.roles import (
    LastCoordinator,
    StillOnDuty,
    give_role,
    leave,
    put_on_duty,
    set_roles,
    take_part,
    take_role,
)
from kompetanseforum.forum.actions.settings import change_forum
from kompetanseforum.forum.actions.starting import (
    is_start_secret,
    make_start_secret,
    set_up_demo,
    start_forum,
    take_the_desk,
)

__all__ = [
    "InvitationUsedUp",
    "LastCoordinator",
    "Period",
    "StillOnDuty",
    "accept",
    "accept_as_newcomer",
    "change_cycle",
    "change_forum",
    "end_cycle",
    "give_role",
    "hash_invitation",
    "invite",
    "invite_by_letter",
    "is_start_secret",
    "leave",
    "make_start_secret",
    "put_on_duty",
    "revoke",
    "set_roles",
    "set_up_demo",
    "start_cycle",
    "start_forum",
    "take_part",
    "take_role",
    "take_the_desk",
]
