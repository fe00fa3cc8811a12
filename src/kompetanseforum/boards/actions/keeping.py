"""Rows that are written at every batch of a hall: the statement is made once, where the ORM makes one each time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

ModelT = TypeVar("ModelT", bound=Model)
# Untyped: a field of whatever kind.
Column = Field[Any, Any]


def add_rows(rows: Sequence[ModelT]) -> None:
    """New ones of one model. They are not told what key they got."""
    if rows:
        columns, sql = _insert(type(rows[0]))
        _write(sql, [[_given(column, row, is_new=True) for column in columns] for row in rows])


def change_rows(rows: Sequence[ModelT], fields: tuple[str, ...]) -> None:
    """These fields of rows that are there."""
    if rows:
        columns, sql = _update(type(rows[0]), fields)
        _write(sql, [[*(_given(column, row, is_new=False) for column in columns), row.pk] for row in rows])


def _write(sql: str, values: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _given(column: Column, row: Model, *, is_new: bool) -> Any:
    return column.get_db_prep_save(column.pre_save(row, add=is_new), connection)


@lru_cache
def _insert(model: type[Model]) -> tuple[list[Column], str]:
    columns = [column for column in model._meta.concrete_fields if not column.primary_key]
    names, places = ", ".join(f'"{column.column}"' for column in columns), ", ".join(["%s"] * len(columns))
    return columns, f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"  # noqa: S608 a model's own names


@lru_cache
def _update(model: type[Model], fields: tuple[str, ...]) -> tuple[list[Column], str]:
    columns = [model._meta.get_field(name) for name in fields]
    changes = ", ".join(f'"{column.column}" = %s' for column in columns)  # type: ignore[union-attr]  # none is another table's
    return columns, f"UPDATE {model._meta.db_table} SET {changes} WHERE id = %s"  # type: ignore[return-value]  # noqa: S608 the same
