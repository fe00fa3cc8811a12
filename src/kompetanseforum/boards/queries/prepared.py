"""Questions that are asked at every batch of a hall: what Django makes of them is kept, so that it is made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Made = Callable[[Sequence[int | str]], QuerySet[M]]


def asked_again(made: Made[M], keys: Sequence[int | str]) -> list[M]:
    """The rows of `made(keys)`, which may take nothing else from where it is asked."""
    if not keys:
        return []
    model, sql = _compiled(made, len(keys), connection.vendor)
    return list(model._default_manager.raw(sql, list(keys)))


@lru_cache(512)
def _compiled(made: Made[M], count: int, _vendor: str) -> tuple[type[M], str]:
    # As many keys as will be asked with, no two alike; only the places for them are kept.
    rows = made(tuple(range(count)))
    sql, _params = rows.query.get_compiler(connection=connection).as_sql()
    return rows.model, str(sql)
