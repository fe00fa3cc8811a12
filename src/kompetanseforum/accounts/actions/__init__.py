"""Writes of people: who comes in and how, what they hold, and how they leave."""

from kompetanseforum.accounts.actions.codes import send_code, use_code
from kompetanseforum.accounts.actions.people import (
    EmailTaken,
    add_person,
    change_profile,
    confirm_email,
    end_other_sessions,
    join,
    keep_for,
    sign_in,
    sign_out,
    stop_keeping,
)

__all__ = [
    "EmailTaken",
    "add_person",
    "change_profile",
    "confirm_email",
    "end_other_sessions",
    "join",
    "keep_for",
    "send_code",
    "sign_in",
    "sign_out",
    "stop_keeping",
    "use_code",
]
