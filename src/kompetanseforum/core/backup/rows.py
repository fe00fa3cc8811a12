"""Rows as JSON, and back: as the tables stood at a state of the migrations, not as today's code has them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any  # a row's values are of whatever type its table has
from uuid import UUID

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps
from django.db.models import DateField, Field, ForeignKey, Model

_ROWS_AT_ONCE = 1000


def applied_migrations() -> dict[str, list[str]]:
    """App → the last of its migrations that this database has, by name; those of apps that are gone are left out."""
    loader = MigrationLoader(connection)
    made = [node for node in loader.applied_migrations if node in loader.graph.nodes]
    before = {parent for node in made for parent in loader.graph.node_map[node].parents}
    last: dict[str, list[str]] = {}
    for app, name in sorted(made):
        # What is a parent only of another app's migration is still the last of its own.
        children = {child.key for child in loader.graph.node_map[app, name].children if child.key[0] == app}
        if (app, name) not in before or not children & set(made):
            last.setdefault(app, []).append(name)
    return last


def apps_at(migrations: dict[str, list[str]]) -> StateApps:
    """The models of that state. Raises KeyError for a migration that this version does not know."""
    loader = MigrationLoader(connection)
    nodes = [(app, name) for app, names in migrations.items() for name in names]
    if unknown := [node for node in nodes if node not in loader.graph.nodes]:
        raise KeyError(unknown[0])
    return loader.project_state(nodes).apps


def models_of(apps: StateApps) -> list[type[Model]]:
    """Those with a table of their own, by name; a table that is a field's own is among them."""
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    return sorted(found, key=lambda one: one._meta.label_lower)


def lines_of(model: type[Model]) -> Iterator[str]:
    """The names of the columns, then a line for each row, in order of the primary key."""
    names = [field.attname for field in model._meta.concrete_fields]
    yield _line(names)
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_ROWS_AT_ONCE):
        yield _line([_plain(value) for value in row])


def write_rows(model: type[Model], lines: Iterable[str]) -> int:
    """Put the rows into the model's table, as they were. Returns how many."""
    given = iter(lines)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    columns = [fields[name] for name in json.loads(next(given))]
    for column in columns:
        if isinstance(column, DateField):
            # The class is of a past state and used here alone: its dates are those of the rows.
            column.auto_now = column.auto_now_add = False
    count = 0
    waiting: list[Model] = []
    for line in given:
        values = zip(columns, json.loads(line), strict=True)
        waiting.append(model(**{column.attname: _read(column, value) for column, value in values}))
        if len(waiting) == _ROWS_AT_ONCE:
            count += len(model._base_manager.bulk_create(waiting))
            waiting = []
    return count + len(model._base_manager.bulk_create(waiting))


def _line(values: list[Any]) -> str:
    # Sorted: PostgreSQL keeps the keys of its JSON in an order of its own.
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _read(column: Field[Any, Any], value: Any) -> Any:
    while isinstance(column, ForeignKey):
        column = column.target_field
    return column.to_python(value)
