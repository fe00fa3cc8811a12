"""Writes: tokens and webhooks."""

from kompetanseforum.api.actions.tokens import forget_maker, make_token, note_use, revoke_token
from kompetanseforum.api.actions.webhooks import (
    add_webhook,
    claim,
    forget_adder,
    note_failed,
    note_told,
    owe_tellings,
    release,
    remove_webhook,
    start_webhook,
    stop_webhook,
)

__all__ = [
    "add_webhook",
    "claim",
    "forget_adder",
    "forget_maker",
    "make_token",
    "note_failed",
    "note_told",
    "note_use",
    "owe_tellings",
    "release",
    "remove_webhook",
    "revoke_token",
    "start_webhook",
    "stop_webhook",
]
