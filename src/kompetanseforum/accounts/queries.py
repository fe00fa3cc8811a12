"""Reads: people."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person


def person_of(ref: Ref | None) -> Person | None:
    """The person a Ref names; None for nobody and for other kinds."""
    if ref is None or ref.kind != "person":
        return None
    return Person.objects.filter(public_id=ref.id).first()
