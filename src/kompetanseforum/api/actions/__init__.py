"""Writes: tokens and webhooks."""

from kompetanseforum.api.actions.tokens import forget_maker, make_token, note_use, revoke_token

__all__ = ["forget_maker", "make_token", "note_use", "revoke_token"]
