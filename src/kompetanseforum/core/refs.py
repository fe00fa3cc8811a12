"""Public ids for rows, and the Ref of a row."""

from __future__ import annotations

import random
from collections.abc import Callable

from django.db import models

from kompetanse.refs import PUBLIC_ID_LENGTH, Ref
from kompetanse.refs import new_public_id as _new_public_id

_rng = random.SystemRandom()


def new_public_id() -> str:
    return _new_public_id(_rng)


class PublicIdField(models.CharField[str, str]):
    """The random id that stands in addresses; the primary key stays inside."""

    def __init__(self, **options: object) -> None:
        options = {
            "max_length": PUBLIC_ID_LENGTH,
            "unique": True,
            "editable": False,
            "default": new_public_id,
        } | options
        super().__init__(**options)  # type: ignore[arg-type]


def ref(row: models.Model) -> Ref:
    """`need:7h3k2m9qxa` for a row that has a public id; the kind is the model's name."""
    return Ref(row._meta.model_name or "", row.public_id)  # type: ignore[attr-defined]


# Stands where an id will.
ANY_ID = "any-id"


def with_ids(address: str) -> Callable[[str], str]:
    """Addresses of many things of one kind, made from that of `ANY_ID`: a long thread asks once, not a thousand times."""
    before, _, after = address.partition(ANY_ID)
    return lambda public_id: f"{before}{public_id}{after}"
