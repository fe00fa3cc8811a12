"""Words in a column, found by an index however many rows there are: trigrams, by SQLite's FTS5 or PostgreSQL's pg_trgm.

A part of a word finds it, as before: `sveis` finds `aluminiumssveising`. What is shorter than three letters finds words that
begin so. The column holds what `plain` makes of a text; on SQLite the index is a table beside, kept by `note_texts` in the
transaction of the write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Index, Model, QuerySet
from django.db.models.expressions import RawSQL

_WORD = re.compile(r"\w+")
_ON_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm; "
    "CREATE INDEX IF NOT EXISTS %(name)s ON %(table)s USING gin (%(column)s gin_trgm_ops)"
)
# Django makes a table anew to change it, and its indexes with it; this one, beside it, has stood all the time.
_ON_SQLITE = "CREATE VIRTUAL TABLE IF NOT EXISTS %(name)s USING fts5(text, tokenize='trigram')"

ModelT = TypeVar("ModelT", bound=Model)


class TextIndex(Index):
    """In a model's Meta, of one column of plain text."""

    def create_sql(
        self,
        model: type[Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **kwargs: Any,  # Any: as Django gives them
    ) -> Statement:
        quote = schema_editor.quote_name
        return Statement(
            _ON_SQLITE if schema_editor.connection.vendor == "sqlite" else _ON_POSTGRES,
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            column=quote(str(self.fields[0])),
        )

    def remove_sql(  # type: ignore[override]  # Django takes a Statement; its stubs say str
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor, **kwargs: Any
    ) -> Statement:
        kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
        quote = schema_editor.quote_name
        return Statement(
            f"DROP {kind} IF EXISTS %(name)s", table=Table(model._meta.db_table, quote), name=quote(self.name)
        )


def plain(text: str) -> str:
    """As the column holds it: words in lower case, one blank around each. (A database's own case folding differs for æ, ø, å.)"""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _parts(words: str) -> Iterator[str]:
    for word in words.split():
        if part := " ".join(_WORD.findall(word.casefold())):
            # Three letters are the least that the index knows; a blank tells where a word begins.
            yield part if len(part) >= 3 else f" {part}" if len(part) == 2 else f" {part} "


def having_words(rows: QuerySet[ModelT], words: str) -> QuerySet[ModelT]:
    """Those whose text has every word."""
    parts = list(_parts(words))
    if not parts:
        return rows
    index = _index_of(rows.model)
    if connection.vendor == "sqlite":
        name = connection.ops.quote_name(index.name)
        question = " ".join(f'"{part}"' for part in parts)
        found = RawSQL(f"SELECT rowid FROM {name} WHERE {name} MATCH %s", [question])  # noqa: S608, S611 our own name
        return rows.filter(pk__in=found)
    for part in parts:
        rows = rows.filter(**{f"{index.fields[0]}__contains": part})
    return rows


def has_words(words: str) -> bool:
    """Whether there is anything to look for: signs alone are not."""
    return any(_parts(words))


def with_words_in(rows: QuerySet[ModelT], column: str, words: str) -> QuerySet[ModelT]:
    """The same without the index, for few rows: those whose `column` (of `plain` text) has every word."""
    for part in _parts(words):
        rows = rows.filter(**{f"{column}__contains": part})
    return rows


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL about one row, whose primary key stands as {row}; as Django's `extra` takes it."""

    sql: str
    params: Sequence[str | int] = ()


def newest_with_words(
    model: type[Model], words: str, *, most: int, looked_at: int = 0, conditions: Sequence[Condition] = ()
) -> tuple[list[int], bool]:
    """Primary keys of those whose text has every word and for which all conditions hold, the highest first.

    With `looked_at` only so many of the newest with the words are asked about; True when there are more of them.
    """
    if connection.vendor == "sqlite":
        return _newest_on_sqlite(model, words, most=most, looked_at=looked_at, conditions=conditions)
    rows = having_words(model._default_manager.all(), words).order_by("-pk").values_list("pk", flat=True)
    after = rows[looked_at : looked_at + 1].first() if looked_at else None
    if after is not None:
        rows = rows.filter(pk__gt=after)
    row = f"{connection.ops.quote_name(model._meta.db_table)}.id"
    for one in conditions:
        rows = rows.extra(where=[one.sql.format(row=row)], params=list(one.params))  # noqa: S610 our own columns
    return list(rows[:most]), after is not None


def _newest_on_sqlite(
    model: type[Model], words: str, *, most: int, looked_at: int, conditions: Sequence[Condition]
) -> tuple[list[int], bool]:
    """By the index itself, which gives its rows in order one by one and is left when there are enough."""
    name = connection.ops.quote_name(_index_of(model).name)
    question: list[str | int] = [" ".join(f'"{part}"' for part in _parts(words))]
    asked = [one.sql.format(row=f"{name}.rowid") for one in conditions]
    wanted: list[str | int] = [param for one in conditions for param in one.params]
    found = f"FROM {name} WHERE {name} MATCH %s"
    with connection.cursor() as cursor:
        if not looked_at:
            fits = " AND ".join([found, *asked])
            cursor.execute(f"SELECT rowid {fits} ORDER BY rowid DESC LIMIT %s", [*question, *wanted, most])
            return [pk for (pk,) in cursor.fetchall()], False
        cursor.execute(
            f"SELECT rowid, {' AND '.join(asked) or '1'} {found} ORDER BY rowid DESC LIMIT %s",
            [*wanted, *question, looked_at + 1],
        )
        rows = cursor.fetchall()
    return [pk for pk, fits in rows[:looked_at] if fits][:most], len(rows) > looked_at


def note_texts(model: type[Model], texts: Iterable[tuple[int, str]]) -> None:
    """These rows' columns hold these texts now. Inside the transaction that wrote them."""
    if connection.vendor != "sqlite":
        return
    name = connection.ops.quote_name(_index_of(model).name)
    rows = list(texts)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {name} WHERE rowid = %s", [(pk,) for pk, _ in rows])  # noqa: S608
        cursor.executemany(f"INSERT INTO {name} (rowid, text) VALUES (%s, %s)", rows)  # noqa: S608


def make_anew(model: type[Model]) -> None:
    """From the column: rows came in another way than by an action."""
    if connection.vendor != "sqlite":
        return
    index = _index_of(model)
    name, quote = connection.ops.quote_name(index.name), connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(index.fields[0])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name}")  # noqa: S608
        cursor.execute(f"INSERT INTO {name} (rowid, text) SELECT id, {column} FROM {table}")  # noqa: S608


def make_all_anew() -> None:
    """Those whose tables are there: a backup of an older version has not all of them yet."""
    tables = set(connection.introspection.table_names())
    for model in apps.get_models():
        if any(isinstance(index, TextIndex) and index.name in tables for index in model._meta.indexes):
            make_anew(model)


def _index_of(model: type[Model]) -> TextIndex:
    return next(index for index in model._meta.indexes if isinstance(index, TextIndex))
