"""Writes of people: who comes in and how, what they hold, and how they leave."""

from kompetanseforum.accounts.actions.codes import send_code, use_code
from kompetanseforum.accounts.actions.identities import IdentityTaken, link_identity
from kompetanseforum.accounts.actions.leaving import erase_person
from kompetanseforum.accounts.actions.passkeys import (
    WrongPasskey,
    add_passkey,
    begin_adding,
    begin_signing_in,
    remove_passkey,
    use_passkey,
)
from kompetanseforum.accounts.actions.people import (
    EmailTaken,
    add_person,
    change_profile,
    confirm_email,
    join,
    keep_for,
    stop_keeping,
)
from kompetanseforum.accounts.actions.sessions import (
    end_other_sessions,
    end_session,
    note_proof,
    put_out,
    sign_in,
    sign_out,
)

__all__ = [
    "EmailTaken",
    "IdentityTaken",
    "WrongPasskey",
    "add_passkey",
    "add_person",
    "begin_adding",
    "begin_signing_in",
    "change_profile",
    "confirm_email",
    "end_other_sessions",
    "end_session",
    "erase_person",
    "join",
    "keep_for",
    "link_identity",
    "note_proof",
    "put_out",
    "remove_passkey",
    "send_code",
    "sign_in",
    "sign_out",
    "stop_keeping",
    "use_code",
    "use_passkey",
]
