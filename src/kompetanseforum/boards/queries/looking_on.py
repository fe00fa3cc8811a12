"""Reads: the link by which one looks on, without a name and without writing."""

from __future__ import annotations

from hashlib import blake2b
from hmac import compare_digest

from django.conf import settings

from kompetanse.refs import Ref
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import board_by_id

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def spectators_secret(board: Board) -> str:
    """Derived from the forum's key, so that a board's own address opens it to nobody."""
    return f"{board.public_id}-{_mac(board.public_id)}"


def _mac(public_id: str) -> str:
    digest = blake2b(public_id.encode(), key=settings.SECRET_KEY.encode()[:64], person=b"board spectator").digest()
    return "".join(_ALPHABET[byte % 32] for byte in digest[:20])


def board_by_spectators_secret(secret: str) -> Board | None:
    public_id, _, mac = secret.partition("-")
    return board_by_id(public_id) if compare_digest(mac.encode(), _mac(public_id).encode()) else None


def spectator_of(board: Board) -> Ref:
    """What the device holds."""
    return Ref("spectator", board.public_id)
