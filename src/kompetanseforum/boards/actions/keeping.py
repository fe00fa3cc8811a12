"""Rows that are written at every batch of a hall: the statement is made once, where the ORM makes one each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField

ModelT = TypeVar("ModelT", bound=Model)
# Untyped: a field of whatever kind.
Column = Field[Any, Any]
# What the row has is what the database takes. It comes from the board's own rules, so nobody need look at it again.
_AS_IT_IS = (BooleanField, CharField, ForeignKey, IntegerField, TextField)
# From a row to what stands in one column.
Given = Callable[[Model], Any]


def add_rows(rows: Sequence[ModelT]) -> None:
    """New ones of one model. They are not told what key they got."""
    if rows:
        given, sql = _insert(type(rows[0]))
        _write(sql, [[of(row) for of in given] for row in rows])


def change_rows(rows: Sequence[ModelT], fields: tuple[str, ...]) -> None:
    """These fields of rows that are there."""
    if rows:
        given, sql = _update(type(rows[0]), fields)
        _write(sql, [[*(of(row) for of in given), row.pk] for row in rows])


def _write(sql: str, values: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _giver(column: Column, *, is_new: bool) -> Given:
    if isinstance(column, _AS_IT_IS):
        return attrgetter(column.attname)
    return lambda row: column.get_db_prep_save(column.pre_save(row, add=is_new), connection)


@lru_cache
def _insert(model: type[Model]) -> tuple[list[Given], str]:
    columns = [column for column in model._meta.concrete_fields if not column.primary_key]
    names, places = ", ".join(f'"{column.column}"' for column in columns), ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"  # noqa: S608 a model's own names
    return [_giver(column, is_new=True) for column in columns], sql


@lru_cache
def _update(model: type[Model], fields: tuple[str, ...]) -> tuple[list[Given], str]:
    named = {column.name: column for column in model._meta.concrete_fields}
    columns = [named[name] for name in fields]
    changes = ", ".join(f'"{column.column}" = %s' for column in columns)
    sql = f"UPDATE {model._meta.db_table} SET {changes} WHERE id = %s"  # noqa: S608 the same
    return [_giver(column, is_new=False) for column in columns], sql
