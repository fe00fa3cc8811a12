"""Questions that are asked at every batch of a hall: what Django makes of them is kept, so that it is made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
Made = Callable[[Sequence[int | str]], QuerySet[M]]


@dataclass(frozen=True, slots=True)
class _Question(Generic[M]):
    model: type[M]
    alias: str
    sql: str
    # The attribute that each column of the answer fills.
    names: Sequence[str]
    # Number of a column → what turns the database's value into the model's, one after the other, and its expression.
    turned: Mapping[int, tuple[Sequence[Callable[..., object]], Any]]

    def row(self, answer: Sequence[object]) -> M:
        values = list(answer)
        for number, (turns, column) in self.turned.items():
            for turn in turns:
                values[number] = turn(values[number], column, connection)
        # As Django brings a pickled row back: made by `__init__`, field by field, it takes three times as long.
        row = self.model.__new__(self.model)
        row._state = ModelState()
        row._state.adding, row._state.db = False, self.alias
        row.__dict__.update(zip(self.names, values, strict=True))
        return row


def asked_again(made: Made[M], keys: Sequence[int | str]) -> list[M]:
    """The rows of `made(keys)`, which may take nothing else from where it is asked."""
    if not keys:
        return []
    # One question for up to 2, 4, 8 … keys, the last said again: else each number of keys is made at its first time.
    places = 1 << (len(keys) - 1).bit_length()
    question = _compiled(made, places, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, [*keys, *[keys[-1]] * (places - len(keys))])
        return [question.row(answer) for answer in cursor.fetchall()]


@lru_cache(512)
def _compiled(made: Made[M], count: int, _vendor: str) -> _Question[M]:
    # As many keys as will be asked with, no two alike; only the places for them are kept.
    rows = made(tuple(range(count)))
    compiler = rows.query.get_compiler(connection=connection)
    sql, _params = compiler.as_sql()
    columns = [column for column, _sql, _alias in compiler.select]
    names = [column.target.attname for column in columns]
    return _Question(rows.model, connection.alias, str(sql), names, compiler.get_converters(columns))
