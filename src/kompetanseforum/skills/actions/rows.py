"""Writes: very many rows of one table at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[bool | int | str, ...]]
) -> None:
    """Insert the rows; the columns are named as the model's fields are (`concept_id` for a foreign key).

    Three times as fast as `bulk_create`: while ESCO is written, SQLite lets nobody else write, so each second
    here is a second that somebody's voice may have to wait.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})",  # noqa: S608 - names of our own
            list(rows),
        )
